package io.evenkeel.examples;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The two files that {@code run} and {@code check} take. */
final class ConfigOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--keepalived",
            paramLabel = "FILE",
            description = "A keepalived.conf: the virtual routers and their addresses.")
    private @Nullable String keepalivedFile;

    @Option(
            names = "--haproxy",
            paramLabel = "FILE",
            description = "An haproxy.cfg: the frontends and backends.")
    private @Nullable String haproxyFile;

    /** @throws ParameterException if neither file is named, or a name cannot be a path */
    ConfigFiles read() {
        if (keepalivedFile == null && haproxyFile == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "Name a configuration: --keepalived FILE, --haproxy FILE or both.");
        }
        return ConfigFiles.read(
                path("--keepalived", keepalivedFile), path("--haproxy", haproxyFile));
    }

    private @Nullable Path path(String option, @Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ParameterException(
                    command.commandLine(), option + " '" + name + "' cannot be a path.");
        }
    }
}

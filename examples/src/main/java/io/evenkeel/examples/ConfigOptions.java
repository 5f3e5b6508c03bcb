package io.evenkeel.examples;

import io.evenkeel.lb.RedisConfig;
import java.io.IOException;
import java.nio.file.Files;
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

    @Option(
            names = "--config-id",
            paramLabel = "ID",
            description =
                    "The node for which lines of keepalived.conf with @ID count; the first part of the host's name by default.")
    private @Nullable String configId;

    @Option(
            names = "--stick-store",
            paramLabel = "URL",
            description = {
                "A Redis or Valkey server through which the nodes of the haproxy.cfg's peers sections exchange their stick tables,"
                        + " instead of connecting to each other: redis[s]://[[USER:]PASSWORD@]HOST[:PORT][/PREFIX].",
                "Or in the environment, where others do not see the password: EVENKEEL_STICK_STORE."
            })
    private @Nullable String stickStore;

    /** @throws ParameterException if neither file is named, a name cannot be a path, or the store is none */
    ConfigFiles read() {
        if (keepalivedFile == null && haproxyFile == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "Name a configuration: --keepalived FILE, --haproxy FILE or both.");
        }
        return ConfigFiles.read(
                path(command, "--keepalived", keepalivedFile),
                path(command, "--haproxy", haproxyFile),
                configId == null ? hostName() : configId,
                store());
    }

    private @Nullable RedisConfig store() {
        try {
            return store(stickStore);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(), "The --stick-store is wrong: " + e.getMessage());
        }
    }

    /**
     * @param option what the command line says; null if it leaves that to the environment
     * @throws IllegalArgumentException saying what is wrong, without the password
     */
    static @Nullable RedisConfig store(@Nullable String option) {
        String address = option == null ? System.getenv("EVENKEEL_STICK_STORE") : option;
        return address == null || address.isEmpty() ? null : StickStoreAddress.parse(address);
    }

    static String hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            int dot = name.indexOf('.');
            return dot < 0 ? name : name.substring(0, dot);
        } catch (IOException e) {
            return ""; // not on Linux, where nothing but a check is possible
        }
    }

    /** @throws ParameterException if the name cannot be a path */
    static @Nullable Path path(CommandSpec command, String option, @Nullable String name) {
        if (name == null) {
            return null;
        }
        if (name.isEmpty()) {
            // As of a variable of the shell that is not set.
            throw new ParameterException(
                    command.commandLine(), option + " names no file; write one, or leave it out.");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ParameterException(
                    command.commandLine(), option + " '" + name + "' cannot be a path.");
        }
    }
}

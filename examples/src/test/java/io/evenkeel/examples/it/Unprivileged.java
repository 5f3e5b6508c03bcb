package io.evenkeel.examples.it;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The launcher and a configuration where another user can read them, wherever this working tree is, and how that user runs them, with
 * ambient capabilities as a unit of systemd or a container gives them.
 */
final class Unprivileged implements AutoCloseable {
    private static final int NOBODY = 65_534;

    private final Path directory;
    private final Path jar;
    private final Path config;

    Unprivileged(String keepalivedConf) throws IOException {
        directory =
                Files.createTempDirectory(
                        "evenkeel-it",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        jar = directory.resolve("evenkeel.jar");
        config = directory.resolve("keepalived.conf");
        Files.copy(Launcher.jar(), jar, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(config, keepalivedConf);
        for (Path file : List.of(jar, config)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    /** The file as the command names it. */
    Path config() {
        return config;
    }

    /**
     * A subcommand with the configuration.
     *
     * @param capabilities as setpriv names them, each after a plus, such as {@code +net_raw}; all others are out of reach
     */
    List<String> command(String subcommand, List<String> capabilities) {
        String set = "=-all" + String.join("", capabilities.stream().map(c -> "," + c).toList());
        List<String> command =
                new ArrayList<>(
                        List.of(
                                requireNonNull(Requirements.find("setpriv")).toString(),
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups",
                                "--no-new-privs",
                                "--inh-caps" + set,
                                "--ambient-caps" + set,
                                "--bounding-set" + set));
        command.addAll(Launcher.command(jar, subcommand, "--keepalived", config.toString()));
        return command;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(jar);
        Files.deleteIfExists(config);
        Files.deleteIfExists(directory);
    }
}

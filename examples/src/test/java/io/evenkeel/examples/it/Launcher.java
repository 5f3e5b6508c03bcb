package io.evenkeel.examples.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the launcher is called. */
final class Launcher {
    private Launcher() {}

    /** The runnable jar. */
    static Path jar() {
        Path jar = Path.of(System.getProperty("evenkeel.jar", "target/evenkeel.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "The launcher " + jar.toAbsolutePath() + " is not there: run mvn verify.");
        }
        return jar.toAbsolutePath();
    }

    /** The command line of a subcommand, with the JVM that runs this test. */
    static List<String> command(String... arguments) {
        return command(jar(), arguments);
    }

    /** The same with another copy of the jar. */
    static List<String> command(Path jar, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                // Several nodes share a small machine.
                                "-Xmx128m",
                                "-jar",
                                jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}

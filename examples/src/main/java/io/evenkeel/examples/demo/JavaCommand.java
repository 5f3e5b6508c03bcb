package io.evenkeel.examples.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another JVM from the same Java and the same classes as this one. */
final class JavaCommand {
    private JavaCommand() {}

    /** A small JVM that starts quickly and runs {@code main}. */
    static List<String> of(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xms16m");
        command.add("-Xmx96m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xshare:auto");
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
            // Netty's buffers ask for it; without the flag the JVM prints a warning for each.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}

package io.evenkeel.benchmarks.failover;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Programs that the measurements use. */
final class Programs {
    private Programs() {}

    /** The path of a program. */
    static String require(String name) {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new SetupException(name + " is not installed."))
                .toString();
    }
}

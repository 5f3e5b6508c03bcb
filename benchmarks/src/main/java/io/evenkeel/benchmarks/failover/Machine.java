package io.evenkeel.benchmarks.failover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** On what is measured: without it a figure says little. */
final class Machine {
    private Machine() {}

    /** A line with cores, load, kernel, Java and keepalived. */
    static String describe() throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return "%d cores, load %s before the start, Linux %s, Java %s, %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        load,
                        System.getProperty("os.version"),
                        Runtime.version(),
                        firstLine(List.of(Programs.require("keepalived"), "--version")));
    }

    private static String firstLine(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.lines().findFirst().orElse("").strip();
    }
}

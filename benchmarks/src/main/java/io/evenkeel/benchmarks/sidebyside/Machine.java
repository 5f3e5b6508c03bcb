package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** On what is measured: without it a figure says little. */
final class Machine {
    /** Above this, somebody else is at work. */
    private static final double BUSY = 0.5;

    private Machine() {}

    /** Notes what it is, and what the contestants are. */
    static void describe(Results results, List<Contestant> contestants) throws IOException {
        results.note(
                "machine",
                "%d cores of %s, %.0f GiB"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                field("/proc/cpuinfo", "model name"),
                                Double.parseDouble(
                                                field("/proc/meminfo", "MemTotal")
                                                        .replaceAll("\\D", ""))
                                        / (1 << 20)));
        results.note("kernel", "Linux " + System.getProperty("os.version"));
        results.note("load before the start", String.format(Locale.ROOT, "%.2f", load()));
        results.note("java of the clients", Runtime.version().toString());
        results.note("nginx of the backends", lastLine("nginx", "-v"));
        results.note("curl", firstLine("curl", "--version"));
        for (Contestant contestant : contestants) {
            results.noteContestant(contestant.name(), contestant.command());
        }
        if (contestants.stream().anyMatch(c -> c.command().contains("haproxy -f"))) {
            results.note("haproxy", firstLine("haproxy", "-v"));
        }
    }

    static boolean isBusy() throws IOException {
        return load() > BUSY;
    }

    /** Of the last minute. */
    static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String firstLine(String... command) {
        return Command.output(List.of(command), 10).lines().findFirst().orElse("");
    }

    private static String lastLine(String... command) {
        return Command.output(List.of(command), 10)
                .lines()
                .reduce((first, second) -> second)
                .orElse("");
    }
}

package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** On what is measured: without it a figure says little. */
final class Machine {
    /** Above this, somebody else is at work. */
    private static final double BUSY_LOAD = 0.5;

    /** The note that somebody was. */
    static final String BUSY = "busy";

    private Machine() {}

    /** Notes what it is, and what the contestants are. */
    static void describe(Results results, List<Contestant> contestants, Path home)
            throws IOException {
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
        double load = load();
        results.note("load before the start", String.format(Locale.ROOT, "%.2f", load));
        if (load > BUSY_LOAD) {
            results.note(BUSY, "other programs were running");
        }
        results.note("java", Runtime.version().toString());
        results.note(
                "nginx of the backends", firstLine("nginx", "-v").replace("nginx version: ", ""));
        results.note("curl", firstLine("curl", "--version").replaceAll(" \\(.*", ""));
        for (Contestant contestant : contestants) {
            results.noteContestant(contestant.name(), contestant.described(home));
        }
        if (contestants.stream().anyMatch(c -> c.command().contains("haproxy -f"))) {
            results.note("haproxy", firstLine("haproxy", "-v"));
        }
    }

    /** Of the last minute. */
    private static double load() throws IOException {
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
}

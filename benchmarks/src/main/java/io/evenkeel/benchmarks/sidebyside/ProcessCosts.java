package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What processes have used, as {@code /proc} has it. */
final class ProcessCosts {
    /** USER_HZ, which is 100 on every Linux that a JVM runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private ProcessCosts() {}

    /** User and system time of all of them since they were started. */
    static double cpuSeconds(List<Long> pids) {
        double ticks = 0;
        for (long pid : pids) {
            // The name may have blanks and parentheses; the state follows the last one.
            String stat = read(pid, "stat");
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            ticks += Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Memory that no file is behind, with its share of what several of them have in common; what is swapped out counts too. */
    static long anonymousBytes(List<Long> pids) {
        long bytes = 0;
        for (long pid : pids) {
            String rollup = read(pid, "smaps_rollup");
            for (String field : List.of("Pss_Anon:", "Pss_Shmem:", "SwapPss:")) {
                bytes += kilobytes(rollup, field) * 1024;
            }
        }
        return bytes;
    }

    private static long kilobytes(String text, String field) {
        return text.lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (NoSuchFileException e) {
            throw new SideBySideException(
                    "Process " + pid + " has ended while it was measured.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "/proc/%d/%s cannot be read: %s".formatted(pid, file, e), e);
        }
    }
}

package io.evenkeel.benchmarks.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU that a process has used, with its children. */
final class CpuClock {
    /** sysconf(_SC_CLK_TCK), which is 100 wherever Linux runs Java. */
    private static final int TICKS_PER_SECOND = 100;

    private CpuClock() {}

    /** Seconds of user and system time so far, in steps of 10 ms. */
    static double seconds(long pid) {
        Stream<ProcessHandle> children =
                ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants);
        long ticks =
                Stream.concat(Stream.of(pid), children.map(ProcessHandle::pid))
                        .mapToLong(CpuClock::ticks)
                        .sum();
        return (double) ticks / TICKS_PER_SECOND;
    }

    private static long ticks(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "stat");
        try {
            return ticks(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The CPU time of process " + pid + " cannot be read, so it has ended: " + e, e);
        }
    }

    /** utime and stime of a {@code /proc/PID/stat}: see proc(5). */
    static long ticks(String stat) {
        // The name in parentheses may contain blanks and parentheses; the third field comes after.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}

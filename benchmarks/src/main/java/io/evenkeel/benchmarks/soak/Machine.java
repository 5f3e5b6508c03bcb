package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** On what the soak is made. */
final class Machine {
    private static final long HANG_UP = 1;

    private Machine() {}

    /** A line with cores, load, kernel and Java. */
    static String describe() throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return "%d cores, load %s before the start, Linux %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        load,
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    /** Programs that nohup starts never hear SIGHUP, and so would the launcher, which this starts. */
    static void requireHangUpSignal() throws IOException {
        String ignored =
                Files.readString(Path.of("/proc/self/status"))
                        .lines()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .findFirst()
                        .orElseThrow();
        long signals = Long.parseUnsignedLong(ignored.substring(7).strip(), 16);
        if ((signals & HANG_UP) != 0) {
            throw new SoakException(
                    "SIGHUP is ignored here, as with nohup, so no configuration could be changed; in the background start it with"
                            + " setsid in the place of nohup.");
        }
    }
}

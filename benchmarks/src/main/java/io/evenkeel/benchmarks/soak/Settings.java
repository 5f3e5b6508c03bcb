package io.evenkeel.benchmarks.soak;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What to do.
 *
 * @param time of the load, after the warm-up
 * @param perSecond connections
 * @param seed of everything that is random
 * @param transport how its sockets are driven
 * @param launcher the command under test
 * @param output the directory for what is found
 */
record Settings(
        Duration time,
        double perSecond,
        long seed,
        Transport transport,
        Path launcher,
        Path output) {
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(3);
    private static final Duration SHORTEST_WARM_UP = Duration.ofSeconds(45);

    /** A tenth of the time, but not too little of it: what is compiled and loaded at first is not growth. */
    Duration warmUp() {
        Duration tenth = time.dividedBy(10);
        Duration most = tenth.compareTo(LONGEST_WARM_UP) < 0 ? tenth : LONGEST_WARM_UP;
        return most.compareTo(SHORTEST_WARM_UP) > 0 ? most : SHORTEST_WARM_UP;
    }

    /** How many samples make a line on the terminal. */
    int samplesPerLine() {
        return time.toMinutes() < 10 ? 2 : 6;
    }
}

package io.evenkeel.benchmarks.failover;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How to measure.
 *
 * @param full as often and as long as for the published figures
 * @param runs how often, or null for the scenario's own count
 * @param seconds how long, or null for the scenario's own time
 * @param pairs who with whom, empty for the scenario's own pairs
 * @param pauseTolerance of Evenkeel, in milliseconds; null for its default
 * @param load of the scenarios that have one
 * @param javaOptions for Evenkeel's JVMs
 * @param workplace for configurations, captures and logs
 * @param progress where to tell what is going on
 */
record Settings(
        boolean full,
        @Nullable Integer runs,
        @Nullable Integer seconds,
        List<Pair> pairs,
        @Nullable Integer pauseTolerance,
        Load load,
        List<String> javaOptions,
        Workplace workplace,
        PrintStream progress) {

    /** How often something is to be done that is repeated. */
    int runs(int quick, int published) {
        return runs != null ? runs : full ? published : quick;
    }

    /** How long something is to go on. */
    int seconds(int quick, int published) {
        return seconds != null ? seconds : full ? published : quick;
    }

    /** Tells those who watch. */
    void tell(String format, Object... values) {
        progress.println("failover: " + format.formatted(values));
    }

    List<Pair> pairsOr(Pair... otherwise) {
        return pairs.isEmpty() ? List.of(otherwise) : pairs;
    }

    /** This JVM's classes, for another JVM that starts in another directory. */
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}

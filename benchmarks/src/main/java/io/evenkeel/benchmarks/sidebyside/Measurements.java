package io.evenkeel.benchmarks.sidebyside;

import java.util.List;
import java.util.stream.Collectors;

/** All that can be measured, in the order in which a round does it. */
final class Measurements {
    /** Fewer, since each connection leaves a socket behind that stays for a minute. */
    private static final int MOST_SECONDS_OF_CONNECTIONS = 2;

    private Measurements() {}

    static List<Measurement> all(Settings settings, Arena arena, Results results) {
        int seconds = settings.seconds();
        return List.of(
                new NewConnections(Math.min(seconds, MOST_SECONDS_OF_CONNECTIONS)),
                new KeptAlive(Row.KEPT_ALIVE_1, 1, seconds),
                new KeptAlive(Row.KEPT_ALIVE_64, 64, seconds),
                new KeptAlive(Row.KEPT_ALIVE_512, 512, seconds),
                new Latency(
                        new HalfLoad(results, arena, seconds, settings.rate()),
                        arena.place().backends(),
                        seconds),
                Bulk.DOWN,
                Bulk.UP,
                new BesideBulk(seconds),
                new IdleSessions(arena, settings.sessions()),
                new StartTime(arena));
    }

    /** Those that {@link Settings#only} names. */
    static List<Measurement> chosen(List<Measurement> all, List<String> only) {
        for (String name : only) {
            if (all.stream().noneMatch(measurement -> isNamed(measurement, name))) {
                throw new IllegalArgumentException(
                        "--only has no row %s; there are %s, and what precedes their hyphen."
                                .formatted(
                                        name,
                                        all.stream()
                                                .map(Measurement::key)
                                                .collect(Collectors.joining(", "))));
            }
        }
        return only.isEmpty()
                ? all
                : all.stream()
                        .filter(m -> only.stream().anyMatch(name -> isNamed(m, name)))
                        .toList();
    }

    private static boolean isNamed(Measurement measurement, String name) {
        return measurement.key().equals(name) || measurement.key().startsWith(name + "-");
    }
}

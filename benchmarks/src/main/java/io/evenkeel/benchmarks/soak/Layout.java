package io.evenkeel.benchmarks.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What the configuration says at one time of that which changes: which servers each backend has, with which weights and which balance,
 * and whether the extra frontend is there.
 *
 * @param backends by name
 * @param extra whether the extra frontend is there
 */
record Layout(Map<String, Members> backends, boolean extra) {
    static final int SERVERS = 12;

    private static final int FEWEST = 4;
    private static final int HEAVIEST = 8;
    private static final List<String> NAMES =
            List.of("app", "checked", "sticky", "proxied", "queued");
    private static final List<String> BALANCES =
            List.of(
                    "roundrobin",
                    "static-rr",
                    "leastconn",
                    "first",
                    "random",
                    "source",
                    "hash src");

    /**
     * A backend.
     *
     * @param balance as the file writes it
     * @param weights by the number of the server
     */
    record Members(String balance, Map<Integer, Integer> weights) {
        private static Members draw(Random random) {
            List<Integer> numbers = new ArrayList<>();
            for (int number = 1; number <= SERVERS; number++) {
                numbers.add(number);
            }
            Collections.shuffle(numbers, random);
            Map<Integer, Integer> weights = new TreeMap<>();
            int count = FEWEST + random.nextInt(SERVERS - FEWEST + 1);
            for (int number : numbers.subList(0, count)) {
                weights.put(number, 1 + random.nextInt(HEAVIEST));
            }
            return new Members(BALANCES.get(random.nextInt(BALANCES.size())), weights);
        }
    }

    static Layout first(Random random) {
        Map<String, Members> backends = new TreeMap<>();
        NAMES.forEach(name -> backends.put(name, Members.draw(random)));
        return new Layout(backends, true);
    }

    /** Other servers, weights and balance for some of the backends, and the extra frontend now and then added or removed. */
    Layout next(Random random) {
        Map<String, Members> changed = new TreeMap<>(backends);
        String certain = NAMES.get(random.nextInt(NAMES.size()));
        for (String name : NAMES) {
            if (name.equals(certain) || random.nextInt(3) == 0) {
                changed.put(name, Members.draw(random));
            }
        }
        return new Layout(changed, extra ^ random.nextInt(3) == 0);
    }

    /** The configuration, with that line put in where an error may be wanted. */
    String haproxy(Place place, String errorLine) {
        StringBuilder file = new StringBuilder(head(place));
        if (extra) {
            file.append(frontend(place, Door.EXTRA, "    default_backend app\n"));
        }
        file.append(errorLine);
        backends.forEach((name, members) -> backend(file, place, name, members));
        return file.toString();
    }

    private static String head(Place place) {
        return """
                global
                    nbthread 2
                    maxconn 2000
                defaults
                    mode tcp
                    timeout connect 3s
                    timeout client 6s
                    timeout server 6s
                    timeout queue 3s
                    timeout check 2s
                    retries 3
                    option redispatch
                """
                + frontend(place, Door.PLAIN, "    default_backend app\n")
                + frontend(
                        place,
                        Door.TLS,
                        """
                            tcp-request inspect-delay 1s
                            tcp-request content reject if { req.ssl_sni forbidden.example }
                            use_backend checked if { req.ssl_sni -m end .a.example }
                            default_backend app
                        """)
                + frontend(
                        place,
                        Door.STICKY,
                        """
                            tcp-request connection track-sc0 src table sources
                            tcp-request connection reject if { sc0_conn_cur gt 500 }
                            default_backend sticky
                        """)
                + frontend(place, Door.PROXIED, "    default_backend proxied\n")
                + frontend(place, Door.QUEUED, "    maxconn 100\n    default_backend queued\n")
                + """
                backend sources
                    stick-table type ip size 1k expire 10s store conn_cur,conn_rate(3s)
                """;
    }

    private static String frontend(Place place, Door door, String lines) {
        return "frontend %s\n    bind %s:%d%s\n%s"
                .formatted(
                        door.frontend(),
                        place.frontendHost(),
                        door.port(),
                        door == Door.PROXIED ? " accept-proxy" : "",
                        lines);
    }

    private static void backend(StringBuilder file, Place place, String name, Members members) {
        file.append("backend ").append(name).append('\n');
        file.append("    balance ").append(members.balance()).append('\n');
        file.append(
                switch (name) {
                    case "checked" ->
                            """
                                option tcp-check
                                tcp-check send CHECK\\r\\n
                                tcp-check expect string CHECK
                            """;
                    case "sticky" ->
                            """
                                stick-table type ip size 1k expire 10s
                                stick on src
                            """;
                    default -> "";
                });
        String words =
                switch (name) {
                    case "app" -> "check inter 500ms fall 2 rise 1 slowstart 2s";
                    case "proxied" -> "check inter 1s fall 2 rise 1 send-proxy-v2 check-send-proxy";
                    case "queued" -> "check inter 500ms fall 2 rise 1 maxconn 3 maxqueue 30";
                    default -> "check inter 700ms fall 2 rise 1";
                };
        members.weights()
                .forEach(
                        (number, weight) ->
                                file.append(
                                        "    server s%d %s:%d weight %d %s\n"
                                                .formatted(
                                                        number,
                                                        place.server(number),
                                                        place.serverPort(number),
                                                        weight,
                                                        words)));
    }
}

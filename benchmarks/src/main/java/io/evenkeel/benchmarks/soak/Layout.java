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
    /** Servers that do not speak TLS. */
    static final int SERVERS = 12;

    /** Servers that do; their numbers are above those of the others. */
    static final int SECURED_SERVERS = 6;

    /** How the names begin of servers whose address a name server tells. */
    static final String NAMED_SERVER = "n";

    /** The backend of those that speak TLS. */
    static final String SECURED = "secured";

    private static final int FEWEST = 4;
    private static final int HEAVIEST = 8;
    private static final List<String> NAMES =
            List.of("app", "checked", "sticky", "proxied", "queued", SECURED, "named", "datagrams");
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
        private static Members draw(String name, Random random) {
            boolean secured = name.equals(SECURED);
            int servers = secured ? SECURED_SERVERS : SERVERS;
            List<Integer> numbers = new ArrayList<>();
            for (int number = 1; number <= servers; number++) {
                numbers.add(secured ? SERVERS + number : number);
            }
            Collections.shuffle(numbers, random);
            Map<Integer, Integer> weights = new TreeMap<>();
            int count = FEWEST + random.nextInt(servers - FEWEST + 1);
            for (int number : numbers.subList(0, count)) {
                weights.put(number, 1 + random.nextInt(HEAVIEST));
            }
            return new Members(BALANCES.get(random.nextInt(BALANCES.size())), weights);
        }
    }

    static Layout first(Random random) {
        Map<String, Members> backends = new TreeMap<>();
        NAMES.forEach(name -> backends.put(name, Members.draw(name, random)));
        return new Layout(backends, true);
    }

    /** Other servers, weights and balance for some of the backends, and the extra frontend now and then added or removed. */
    Layout next(Random random) {
        Map<String, Members> changed = new TreeMap<>(backends);
        String certain = NAMES.get(random.nextInt(NAMES.size()));
        for (String name : NAMES) {
            if (name.equals(certain) || random.nextInt(3) == 0) {
                changed.put(name, Members.draw(name, random));
            }
        }
        return new Layout(changed, extra ^ random.nextInt(3) == 0);
    }
}

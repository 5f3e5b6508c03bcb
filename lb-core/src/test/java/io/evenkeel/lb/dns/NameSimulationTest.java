package io.evenkeel.lb.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A name whose addresses change, name servers that fail, and the simplest account of what follows. */
class NameSimulationTest {
    private static final int SEEDS = 100;
    private static final int STEPS = 200;
    private static final long HOLD_NX_NANOS = 20 * NameBench.SECOND;
    private static final NameKey KEY = new NameKey("dns", "web.test", true);

    @Test
    void serversHaveWhatTheLastGoodAnswerHad() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            new Run(seed).run();
        }
    }

    private static final class Run {
        private final long seed;
        private final Random random;
        private final NameBench bench;
        private final ResolversConfig config =
                ResolversConfig.builder("dns")
                        .hold(ResolveFailure.NX, Duration.ofNanos(HOLD_NX_NANOS))
                        .build();
        private final Set<IpAddress> world = new HashSet<>();

        /** The model: the last good answer, when it came, and whether the name is said not to be. */
        private Set<IpAddress> believed = new HashSet<>();

        private boolean anyAnswer;
        private long validNanos;
        private long answeredNanos;
        private boolean nx;

        Run(long seed) {
            this.seed = seed;
            random = new Random(seed);
            bench = new NameBench(seed);
        }

        void run() {
            follow();
            for (int step = 0; step < STEPS; step++) {
                String where = "seed " + seed + ", step " + step;
                Map<String, ServerAddress> before = new HashMap<>(bench.places);
                switch (random.nextInt(4)) {
                    case 0 -> changeWorld();
                    case 1 -> {
                        if (random.nextInt(5) == 0) {
                            follow();
                        }
                    }
                    case 2 -> pass(where);
                    default -> answer(where);
                }
                check(before, where);
            }
        }

        private void follow() {
            bench.follow(config, NameBench.group(KEY, 1 + random.nextInt(6), false));
        }

        private void changeWorld() {
            IpAddress one = NameBench.ips(1 + random.nextInt(8)).get(0);
            if (!world.remove(one)) {
                world.add(one);
            }
        }

        private void pass(String where) {
            boolean idle = bench.asked.isEmpty();
            bench.at(bench.now + random.nextInt(5) * NameBench.SECOND);
            if (idle && !bench.asked.isEmpty()) {
                assertTrue(bench.now - answeredNanos >= NameBench.SECOND * 95 / 100, where);
            }
            if (bench.asked.isEmpty()) {
                assertTrue(bench.now - answeredNanos <= NameBench.SECOND * 105 / 10, where);
            }
            forget();
        }

        private void forget() {
            if (nx && bench.now - validNanos >= HOLD_NX_NANOS) {
                believed = new HashSet<>();
            }
        }

        private void answer(String where) {
            if (bench.asked.isEmpty()) {
                return;
            }
            answeredNanos = bench.now;
            ResolveFailure[] failures = ResolveFailure.values();
            int kind = random.nextInt(2 * failures.length);
            if (kind < failures.length || world.isEmpty()) {
                ResolveFailure failure =
                        kind < failures.length ? failures[kind] : ResolveFailure.NX;
                bench.answer(DnsAnswer.failed(failure));
                assertEquals(DnsType.AAAA, bench.question().type(), where);
                bench.answer(DnsAnswer.failed(ResolveFailure.NX));
                nx = failure == ResolveFailure.NX;
                forget();
                return;
            }
            List<IpAddress> records = new ArrayList<>(world);
            Collections.shuffle(records, random);
            bench.answer(DnsAnswer.addresses(records, random.nextInt(30)));
            believed = new HashSet<>(world);
            validNanos = bench.now;
            anyAnswer = true;
            nx = false;
        }

        private void check(Map<String, ServerAddress> before, String where) {
            Set<IpAddress> placed = new HashSet<>();
            bench.places.forEach(
                    (server, address) -> {
                        ServerAddress was = before.get(server);
                        if (address != null) {
                            assertTrue(placed.add(address.ip()), where + ": twice " + address);
                        }
                        if (was != null && believed.contains(was.ip())) {
                            assertEquals(was, address, where + ": moved for no reason");
                        }
                    });
            assertTrue(believed.containsAll(placed), where + ": " + placed + " of " + believed);
            int expected = anyAnswer ? Math.min(believed.size(), bench.places.size()) : 0;
            assertEquals(expected, placed.size(), where);
        }
    }
}

package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where connections to a server come from. */
class SourcePoolTest {
    private static final long SEED = 17;

    private static SourcePool pool(int firstPort, int lastPort, String... hosts) {
        return new SourcePool(
                new SourceConfig(
                        List.of(hosts), firstPort, lastPort, null, SourceConfig.Appearance.OWN));
    }

    private static String taken(SourcePool pool, boolean ipv6) {
        SourcePool.Source source = pool.take(ipv6);
        return source == null ? "none" : source.host() + " " + source.port();
    }

    @Test
    void addressesOfTheFamilyTakeTurnsWithAnyPort() {
        SourcePool pool = pool(0, 0, "192.0.2.1", "2001:db8::1", "192.0.2.2");
        assertEquals(List.of("192.0.2.1", "2001:db8::1", "192.0.2.2"), pool.config().hosts());
        Set<String> two = new HashSet<>(List.of(taken(pool, false), taken(pool, false)));
        assertEquals(Set.of("192.0.2.1 0", "192.0.2.2 0"), two);
        assertEquals("2001:db8::1 0", taken(pool, true));
        assertEquals("2001:db8::1 0", taken(pool, true));
        SourcePool ipv4 = pool(0, 0, "192.0.2.1");
        assertTrue(ipv4.has(false));
        assertFalse(ipv4.has(true));
        assertEquals("none", taken(ipv4, true));
        ipv4.giveBack(Objects.requireNonNull(ipv4.take(false)));
    }

    @Test
    void aPortThatWasGivenBackComesWhenAllOthersHadTheirTurn() {
        SourcePool pool = pool(1000, 1002, "192.0.2.1");
        SourcePool.Source first = Objects.requireNonNull(pool.take(false));
        assertEquals(1000, first.port());
        pool.giveBack(first);
        assertEquals("192.0.2.1 1001", taken(pool, false));
        assertEquals("192.0.2.1 1002", taken(pool, false));
        assertEquals("192.0.2.1 1000", taken(pool, false));
        assertEquals("none", taken(pool, false));
    }

    @Test
    void anAddressWithoutAFreePortIsPassedOver() {
        SourcePool pool = pool(1000, 1000, "192.0.2.1", "192.0.2.2");
        String one = taken(pool, false);
        String other = taken(pool, false);
        assertNotEquals(one, other);
        assertNull(pool.take(false));
        pool.giveBack(new SourcePool.Source("192.0.2.1", 1000));
        assertEquals("192.0.2.1 1000", taken(pool, false));
    }

    @Test
    void noTwoHaveTheSameAtATimeAndAllAreUsed() {
        Random random = new Random(SEED);
        SourcePool pool = pool(2000, 2009, "192.0.2.1", "192.0.2.2");
        List<SourcePool.Source> held = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (random.nextInt(3) > 0) {
                SourcePool.Source source = pool.take(false);
                assertEquals(held.size() == 20, source == null, "seed " + SEED + ", step " + i);
                if (source != null) {
                    assertFalse(held.contains(source), "seed " + SEED + ", step " + i);
                    held.add(source);
                }
            } else if (!held.isEmpty()) {
                pool.giveBack(held.remove(random.nextInt(held.size())));
            }
        }
        held.forEach(pool::giveBack);
        assertNotNull(pool.take(false));
    }
}

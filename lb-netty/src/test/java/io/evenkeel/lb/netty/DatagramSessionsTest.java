package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of UDP sessions against a list and a map, and under a flood of made-up sources. */
class DatagramSessionsTest {
    private static final class Entry extends DatagramEntry {
        Entry(InetSocketAddress client, InetAddress local) {
            super(client, local);
        }
    }

    private record Key(InetSocketAddress client, InetAddress local) {}

    private static InetAddress ipv4(int address) {
        byte[] bytes = {
            (byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address
        };
        return address(bytes);
    }

    private static InetAddress ipv6(int last) {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        bytes[1] = 0x01;
        bytes[15] = (byte) last;
        return address(bytes);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itIsAListInTheOrderOfUseWithAMap(long seed) {
        Random random = new Random(seed);
        DatagramSessions<Entry> sessions = new DatagramSessions<>(random.nextLong());
        Map<Key, Entry> found = new HashMap<>();
        List<Entry> byUse = new ArrayList<>();
        for (int step = 0; step < 10_000; step++) {
            int id = random.nextInt(400);
            InetAddress client = id % 2 == 0 ? ipv4(id / 8) : ipv6(id / 8);
            Key key = new Key(new InetSocketAddress(client, 1 + id % 4), ipv4(id % 3));
            Entry its = found.get(key);
            String what = "seed " + seed + ", step " + step;
            assertSame(its, sessions.find(key.client(), key.local()), what);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    if (its == null) {
                        its = new Entry(key.client(), key.local());
                        sessions.add(its, step);
                        found.put(key, its);
                        byUse.add(its);
                    }
                }
                case 2 -> {
                    if (its != null) {
                        sessions.touch(its, step);
                        byUse.remove(its);
                        byUse.add(its);
                        assertEquals(step, its.lastNanos, what);
                    }
                }
                case 3 -> {
                    if (its != null) {
                        sessions.hide(its);
                        found.remove(key);
                    }
                }
                case 4 -> {
                    if (its != null) {
                        sessions.remove(its);
                        sessions.remove(its);
                        found.remove(key);
                        byUse.remove(its);
                    }
                }
                default -> {
                    Entry oldest = sessions.oldest();
                    assertSame(byUse.isEmpty() ? null : byUse.get(0), oldest, what);
                    if (oldest != null && byUse.size() > 200) {
                        sessions.remove(oldest);
                        byUse.remove(0);
                        found.values().remove(oldest);
                    }
                }
            }
            assertEquals(byUse.size(), sessions.size(), what);
        }
    }

    /** A million sources, chosen so that the JDK's own hash has but 17 values for all of them. */
    @Test
    void ofAMillionSpoofedSourcesTheCapIsKeptAndTheOldestIdleGoes() {
        int cap = 10_000;
        DatagramSessions<Entry> sessions = new DatagramSessions<>(42);
        InetAddress local = ipv4(0x7f000001);
        InetSocketAddress regular = new InetSocketAddress(ipv4(0x0a000001), 53);
        Entry kept = new Entry(regular, local);
        sessions.add(kept, 0);
        int evicted = 0;
        long before = -1;
        for (int i = 1; i <= 1_000_000; i++) {
            int port = 1 + i % 60_000;
            InetSocketAddress client =
                    new InetSocketAddress(ipv4(0x0b000000 + i / 60_000 - port), port);
            assertNull(sessions.find(client, local));
            if (sessions.size() == cap) {
                Entry oldest = sessions.oldest();
                assertNotNull(oldest);
                assertTrue(oldest.lastNanos > before, "in the order of their last use");
                before = oldest.lastNanos;
                sessions.remove(oldest);
                evicted++;
            }
            sessions.add(new Entry(client, local), i);
            if (i % 1000 == 0) {
                assertSame(kept, sessions.find(regular, local));
                sessions.touch(kept, i);
            }
        }
        assertEquals(cap, sessions.size());
        assertEquals(1_000_001 - cap, evicted);
        assertSame(kept, sessions.find(regular, local));
    }
}

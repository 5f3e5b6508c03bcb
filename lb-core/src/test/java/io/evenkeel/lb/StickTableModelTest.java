package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random calls on a table and on a simple model of it give the same. */
class StickTableModelTest {
    private static final int SEEDS = 100;
    private static final int STEPS = 600;
    private static final long EXPIRE = 1000;

    /** An entry of the model; the map that holds it is in the order of use. */
    private static final class Entry {
        String server = "";
        long used;
        int uses;
    }

    private final Map<Integer, Entry> model = new LinkedHashMap<>();

    @Test
    void theTableDoesWhatTheModelDoes() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            model.clear();
            run(new Random(seed), seed);
        }
    }

    private void run(Random random, long seed) {
        int size = 1 + random.nextInt(40);
        boolean nopurge = random.nextInt(4) == 0;
        StickTable table =
                new StickTable(
                        "t",
                        StickTableConfig.builder(StickKeyType.integer(), size)
                                .expire(Duration.ofNanos(EXPIRE))
                                .nopurge(nopurge)
                                .build(),
                        seed);
        Map<TrackedEntry, Integer> tracked = new HashMap<>();
        long now = random.nextLong();
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(60);
            int number = random.nextInt(2 * size + 3);
            String server = "s" + random.nextInt(4);
            String where = "seed " + seed + ", step " + step;
            StickKeyBuffer key = table.newKey();
            key.setInteger(number);
            purge(now);
            switch (random.nextInt(8)) {
                case 0, 1 -> assertEquals(match(number, now), table.match(key, now), where);
                case 2 ->
                        assertEquals(
                                store(number, server, size, nopurge, now),
                                table.store(key, server, now),
                                where);
                case 3 -> {
                    Entry known = model.get(number);
                    String kept = known == null || known.server.isEmpty() ? server : known.server;
                    boolean room = store(number, kept, size, nopurge, now);
                    assertEquals(room ? kept : null, table.storeIfAbsent(key, server, now), where);
                }
                case 4 -> {
                    boolean room = obtain(number, size, nopurge, now) != null;
                    TrackedEntry entry = table.track(key, now);
                    assertEquals(room, entry.isCounted(), where);
                    if (room) {
                        model.get(number).uses++;
                        tracked.put(entry, number);
                    }
                }
                case 5 -> {
                    if (!tracked.isEmpty()) {
                        TrackedEntry one = tracked.keySet().iterator().next();
                        int itsNumber = tracked.remove(one);
                        one.release(now);
                        Entry entry = model.remove(itsNumber);
                        entry.uses--;
                        entry.used = now;
                        model.put(itsNumber, entry);
                    }
                }
                case 6 -> {
                    Entry known = model.get(number);
                    assertEquals(known != null, table.remove(key.toKey(), now), where);
                    if (known != null && known.uses > 0) {
                        known.server = "";
                    } else {
                        model.remove(number);
                    }
                }
                default -> {
                    while (table.expire(now) > 0) {
                        // All of them.
                    }
                    assertEquals(model.size(), table.size(), where);
                }
            }
            assertEquals(content(), content(table, now), where);
        }
        assertEquals(tracked.size(), model.values().stream().mapToInt(entry -> entry.uses).sum());
    }

    private void purge(long now) {
        model.values().removeIf(entry -> entry.uses == 0 && now - entry.used >= EXPIRE);
    }

    private Entry obtain(int number, int size, boolean nopurge, long now) {
        Entry entry = model.get(number);
        if (entry == null) {
            if (model.size() >= size && (nopurge || !evict())) {
                return null;
            }
            entry = new Entry();
        }
        entry.used = now;
        model.remove(number);
        model.put(number, entry);
        return entry;
    }

    private boolean evict() {
        Iterator<Entry> entries = model.values().iterator();
        while (entries.hasNext()) {
            if (entries.next().uses == 0) {
                entries.remove();
                return true;
            }
        }
        return false;
    }

    private boolean store(int number, String server, int size, boolean nopurge, long now) {
        Entry entry = obtain(number, size, nopurge, now);
        if (entry != null) {
            entry.server = server;
        }
        return entry != null;
    }

    private String match(int number, long now) {
        Entry entry = model.remove(number);
        if (entry == null) {
            return null;
        }
        entry.used = now;
        model.put(number, entry);
        return entry.server.isEmpty() ? null : entry.server;
    }

    private Map<String, String> content() {
        Map<String, String> content = new TreeMap<>();
        model.forEach((number, e) -> content.put("" + number, e.server + " " + e.uses));
        return content;
    }

    private static Map<String, String> content(StickTable table, long now) {
        Map<String, String> content = new TreeMap<>();
        for (StickRecord record : table.entries(now)) {
            String server = record.server() == null ? "" : record.server();
            content.put(record.key().toString(), server + " " + record.connections());
        }
        return content;
    }
}

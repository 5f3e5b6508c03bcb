package io.evenkeel.lb.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A store as {@link StoreCommand} describes it, in simulated time. */
final class FakeStore {
    private static final int AT_ONCE = 100;

    private static final class Entry {
        final Map<String, String> fields = new HashMap<>();
        long expiryNanos;

        /** Of all but the removal. */
        long othersExpiryNanos = Long.MIN_VALUE;
    }

    private final StoreNetwork network;

    /** In an order of their own, so that what comes while somebody looks may be missed by him. */
    private final TreeMap<String, Entry> entries = new TreeMap<>();

    private final Set<String> taken = new HashSet<>();

    FakeStore(StoreNetwork network) {
        this.network = network;
    }

    void clear() {
        entries.clear();
    }

    /** Something else has that name. */
    void take(String name) {
        taken.add(name);
    }

    int size() {
        entries.values().removeIf(entry -> entry.expiryNanos - network.now <= 0);
        return entries.size();
    }

    /** What the node is to be told when the answer arrives. */
    Runnable carryOut(StoreCommand command, StoreNetwork.Node node) {
        if (command instanceof StoreCommand.Scan scan) {
            StoreCommand.Page page = page(scan);
            return () -> node.group.found(page, network.now);
        }
        if (command instanceof StoreCommand.Publish publish) {
            network.publish(publish.message());
            return () -> node.group.published(network.now);
        }
        if (command instanceof StoreCommand.Write write) {
            if (taken.contains(new String(write.key(), StandardCharsets.ISO_8859_1))) {
                return () -> node.group.refused(write, network.now);
            }
            write(write);
            return () -> node.group.written(write, network.now);
        }
        return () -> node.group.connected(network.now);
    }

    private StoreCommand.Page page(StoreCommand.Scan scan) {
        size();
        String from = scan.cursor().equals("0") ? "" : scan.cursor();
        List<StoredEntry> some = new ArrayList<>();
        for (Map.Entry<String, Entry> each : entries.tailMap(from, false).entrySet()) {
            Entry entry = each.getValue();
            forgetOthers(entry);
            boolean removal = entry.fields.keySet().equals(Set.of("r"));
            long expiry = removal ? entry.expiryNanos : entry.othersExpiryNanos;
            some.add(
                    new StoredEntry(
                            each.getKey().getBytes(StandardCharsets.ISO_8859_1),
                            entry.fields.get("s"),
                            entry.fields.get("c"),
                            entry.fields.get("r"),
                            (expiry - network.now) / StoreNetwork.MILLI));
            if (some.size() == AT_ONCE) {
                return new StoreCommand.Page(each.getKey(), some);
            }
        }
        return new StoreCommand.Page("0", some);
    }

    private void forgetOthers(Entry entry) {
        if (entry.othersExpiryNanos <= network.now) {
            entry.fields.keySet().retainAll(Set.of("r"));
        }
    }

    private void write(StoreCommand.Write write) {
        size();
        Entry entry =
                entries.computeIfAbsent(
                        new String(write.key(), StandardCharsets.ISO_8859_1), any -> new Entry());
        forgetOthers(entry);
        String version = version(write.value());
        String removed = entry.fields.get("r");
        String present = entry.fields.get(write.field());
        if (removed != null && version.compareTo(version(removed)) <= 0
                || present != null && version.compareTo(version(present)) < 0) {
            return;
        }
        entry.fields.put(write.field(), write.value());
        if (write.field().equals("r")) {
            entry.fields
                    .entrySet()
                    .removeIf(each -> version(each.getValue()).compareTo(version) < 0);
        }
        long expiry = network.now + write.remainingMillis() * StoreNetwork.MILLI;
        entry.expiryNanos = Math.max(entry.expiryNanos, expiry);
        if (!write.field().equals("r")) {
            entry.othersExpiryNanos = Math.max(entry.othersExpiryNanos, expiry);
        }
        network.publish(write.message());
    }

    private static String version(String value) {
        return String.join(" ", Arrays.asList(value.split(" ")).subList(0, 2));
    }
}

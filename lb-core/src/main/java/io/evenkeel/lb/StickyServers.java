package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the connections of a backend to their servers, as its {@link Stickiness} says: {@link #connection} makes what one connection
 * needs for that. Safe for use by any thread.
 */
public final class StickyServers {
    /** A key and the table that it is in; several rules may be about it. */
    record Slot(StickTable table, StickKeySource source, boolean matched) {}

    /** A rule. */
    record Step(int slot, boolean matches, boolean stores) {}

    private record Index(
            List<Server> servers, Map<String, Server> byName, Map<String, Server> byAddress) {}

    private final Backend backend;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private volatile Index index;

    /**
     * The rules of a backend at work.
     *
     * @param tables gives the stick table of a name, the backend's own too
     * @throws IllegalArgumentException if there is none of a name that a rule needs
     */
    public StickyServers(Backend backend, Function<String, @Nullable StickTable> tables) {
        this.backend = backend;
        index = index(backend.servers());
        for (StickRule rule : backend.config().stickiness().rules()) {
            String named = rule.table();
            String name = named == null ? backend.name() : named;
            StickTable table = tables.apply(name);
            if (table == null) {
                throw new IllegalArgumentException(
                        "There is no stick table "
                                + name
                                + ", which '"
                                + rule
                                + "' of "
                                + backend
                                + " needs");
            }
            steps.add(new Step(slot(table, rule), rule.kind().matches(), rule.kind().stores()));
        }
    }

    private int slot(StickTable table, StickRule rule) {
        boolean matched = rule.kind().matches();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.table == table && slot.source == rule.source()) {
                slots.set(i, new Slot(table, slot.source, slot.matched || matched));
                return i;
            }
        }
        slots.add(new Slot(table, rule.source(), matched));
        return slots.size() - 1;
    }

    /** The backend whose servers they are. */
    public Backend backend() {
        return backend;
    }

    /** Whether there is any rule. */
    public boolean hasRules() {
        return !steps.isEmpty();
    }

    /** What one connection needs. */
    public StickyConnection connection(StickKeys keys) {
        return new StickyConnection(this, keys);
    }

    List<Slot> slots() {
        return slots;
    }

    List<Step> steps() {
        return steps;
    }

    /** The server that an entry names, or null if the backend has none of that name. */
    @Nullable Server named(StickTable table, String key) {
        List<Server> servers = backend.servers();
        Index now = index;
        if (now.servers != servers) {
            now = index(servers);
            index = now;
        }
        boolean byName = table.config().serverKey() == StickServerKey.NAME;
        Server found = (byName ? now.byName : now.byAddress).get(key);
        return found == null && !byName ? resolved(servers, key) : found;
    }

    /** The server at that address now, of those whose names are resolved. */
    private static @Nullable Server resolved(List<Server> servers, String address) {
        for (Server server : servers) {
            ServerAddress now = server.address();
            if (now != null && now.toString().equals(address)) {
                return server;
            }
        }
        return null;
    }

    /** What an entry of that table calls a server of the backend. */
    String nameOf(StickTable table, Server server) {
        StickServerKey key = table.config().serverKey();
        ServerAddress now = key == StickServerKey.ADDRESS ? server.address() : null;
        return now == null ? key.of(server.config()) : now.toString();
    }

    private static Index index(List<Server> servers) {
        Map<String, Server> byName = new HashMap<>();
        Map<String, Server> byAddress = new HashMap<>();
        for (Server server : servers) {
            byName.put(StickServerKey.NAME.of(server.config()), server);
            byAddress.putIfAbsent(StickServerKey.ADDRESS.of(server.config()), server);
        }
        return new Index(servers, byName, byAddress);
    }

    /** Whether a connection may go where its entry points to. */
    boolean isUsable(Server server) {
        if (!server.acceptsSticky()) {
            return false;
        }
        Pool pool = backend.pool();
        return !server.config().backup()
                || !backend.config().stickiness().preferPrimary()
                || pool.onBackups()
                || pool.usableCount() == 0;
    }
}

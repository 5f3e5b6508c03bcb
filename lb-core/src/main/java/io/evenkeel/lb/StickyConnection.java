package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/**
 * One connection's keys and where they lead: {@link #match} before a server is picked, {@link #store} when one has taken the
 * connection. Not thread-safe, but may be used by one thread after the other.
 */
public final class StickyConnection {
    private final StickyServers servers;
    private final StickKeys keys;
    private final @Nullable StickKeyBuffer[] filled;
    private final @Nullable String[] seen;

    StickyConnection(StickyServers servers, StickKeys keys) {
        this.servers = servers;
        this.keys = keys;
        filled = new StickKeyBuffer[servers.slots().size()];
        seen = new String[filled.length];
    }

    /**
     * The server that the connection is to go to; its entries count as used just now.
     *
     * @return a server that runs, for {@link PickRequest#stickyServer()}; null if no rule matches, or only servers that do not run: then the
     *     balance decides, and what it decides is stored in their place
     */
    public @Nullable Server match(long nowNanos) {
        Server target = null;
        for (StickyServers.Step step : servers.steps()) {
            StickKeyBuffer key = step.matches() ? key(step.slot()) : null;
            if (key == null) {
                continue;
            }
            StickTable table = servers.slots().get(step.slot()).table();
            String name = table.match(key, nowNanos);
            seen[step.slot()] = name;
            Server server = name == null ? null : servers.named(table, name);
            if (target == null && server != null && servers.isUsable(server)) {
                target = server;
            }
        }
        return target;
    }

    /**
     * Stores the server that the connection has come to. What {@link #match} has seen is replaced, unless somebody else has done so
     * since; a rule that only stores replaces anything.
     *
     * @return the server that the connection's key has now: another than {@code server} if the key has got that in the meantime
     */
    public Server store(Server server, long nowNanos) {
        if (!server.config().sticky()) {
            return server;
        }
        Server stored = server;
        for (int i = 0; i < servers.steps().size(); i++) {
            StickyServers.Step step = servers.steps().get(i);
            StickKeyBuffer key = step.stores() && isFirst(i) ? key(step.slot()) : null;
            if (key != null) {
                stored = store(step.slot(), key, server, stored, nowNanos);
            }
        }
        return stored;
    }

    private Server store(
            int index, StickKeyBuffer key, Server server, Server storedBefore, long nowNanos) {
        StickyServers.Slot slot = servers.slots().get(index);
        StickTable table = slot.table();
        String name = servers.nameOf(table, server);
        if (!slot.matched()) {
            table.store(key, name, nowNanos);
            return storedBefore;
        }
        String now = table.replace(key, replaceable(table, seen[index]), name, nowNanos);
        if (now == null || now.equals(name)) {
            seen[index] = now;
            return storedBefore;
        }
        Server other = servers.named(table, now);
        return other == null ? storedBefore : other;
    }

    /** A server whose first check has not ended may be as well as before, so its entry is left alone. */
    private @Nullable String replaceable(StickTable table, @Nullable String name) {
        Server server = name == null ? null : servers.named(table, name);
        boolean unknown =
                server != null
                        && server.health() == HealthState.UNKNOWN
                        && server.adminState() != AdminState.MAINTENANCE;
        return unknown ? null : name;
    }

    /** Of several rules that store in one table, only the first that has a key does. */
    private boolean isFirst(int step) {
        StickTable table = servers.slots().get(servers.steps().get(step).slot()).table();
        for (int i = 0; i < step; i++) {
            StickyServers.Step earlier = servers.steps().get(i);
            if (earlier.stores()
                    && servers.slots().get(earlier.slot()).table() == table
                    && key(earlier.slot()) != null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable StickKeyBuffer key(int slot) {
        StickKeyBuffer buffer = filled[slot];
        if (buffer == null) {
            buffer = servers.slots().get(slot).table().newKey();
            if (!keys.fill(servers.slots().get(slot).source(), buffer)) {
                return null;
            }
            filled[slot] = buffer;
        }
        return buffer;
    }
}

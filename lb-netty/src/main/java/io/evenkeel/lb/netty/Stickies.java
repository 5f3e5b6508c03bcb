package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.StickKeySource;
import io.evenkeel.lb.StickNode;
import io.evenkeel.lb.StickRule;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.StickyServers;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stick tables of a proxy, and which of its backends use them. Safe for any thread. */
final class Stickies {
    private final @Nullable StickNode node;
    private final Map<String, StickTable> tables = new LinkedHashMap<>();

    /** None yet. */
    Stickies(@Nullable StickNode node) {
        this.node = node;
    }

    /**
     * Those of a configuration. A table that is configured as before is the same, and one that differs starts with the entries of the one
     * of its name, if the keys are of the same type.
     */
    Stickies updated(ProxyConfig config) {
        Stickies next = new Stickies(node);
        SecureRandom seeds = new SecureRandom();
        config.stickTables()
                .forEach(
                        (name, wanted) -> {
                            StickTable table = tables.get(name);
                            if (table == null || !table.config().equals(wanted)) {
                                StickTable before = table;
                                table =
                                        new StickTable(
                                                name,
                                                wanted,
                                                seeds.nextLong(),
                                                node(config, wanted));
                                if (before != null) {
                                    table.copyFrom(before, System.nanoTime());
                                }
                            }
                            next.tables.put(name, table);
                        });
        return next;
    }

    private @Nullable StickNode node(ProxyConfig config, StickTableConfig table) {
        if (node != null || table.peers() == null) {
            return node;
        }
        return config.peers().stream()
                .filter(peers -> peers.name().equals(table.peers()))
                .map(peers -> new StickNode(peers.localPeer(), System.currentTimeMillis()))
                .findFirst()
                .orElse(null);
    }

    /** Those that the peers of that name have as well. */
    List<StickTable> tablesOf(PeersConfig peers) {
        return tables.values().stream()
                .filter(table -> peers.name().equals(table.config().peers()))
                .toList();
    }

    List<StickTable> tables() {
        return List.copyOf(tables.values());
    }

    /**
     * The table of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    StickTable table(String name) {
        StickTable table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException(
                    "There is no stick table " + name + "; there are " + tables.keySet() + ".");
        }
        return table;
    }

    /** The rules of a backend; null if it has none. */
    @Nullable StickyServers rules(Backend backend) {
        return backend.config().stickiness().rules().isEmpty()
                ? null
                : new StickyServers(backend, tables::get);
    }

    /**
     * Refuses keys that no session knows.
     *
     * @throws IllegalArgumentException if there is a rule for one
     */
    static void requireKnownKeys(BackendConfig config) {
        for (StickRule rule : config.stickiness().rules()) {
            if (rule.source() == StickKeySource.APPLICATION) {
                throw new IllegalArgumentException(
                        config
                                + " sticks to a key of the application, and a proxy asks no"
                                + " application; stick to "
                                + StickKeySource.SOURCE
                                + ", or pick from a Backend of your own.");
            }
        }
    }
}

package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a backend's servers with a new configuration: who stays, by name and address, who joins and who goes. */
final class Membership {
    private final List<Server> servers = new ArrayList<>();
    private final List<Server> configured = new ArrayList<>();
    private final List<Server> removed = new ArrayList<>();

    /**
     * @param before none at the very beginning, when nobody joins later
     */
    Membership(BackendLoad load, List<Server> before, BackendConfig next) {
        long halfLife = next.balance().latencyHalfLifeNanos();
        Map<String, Server> staying = new LinkedHashMap<>();
        before.forEach(server -> staying.put(identity(server.config()), server));
        for (ServerConfig wanted : next.servers()) {
            Server server = staying.remove(identity(wanted));
            if (server == null) {
                server = new Server(wanted, load, halfLife);
                configured.add(server);
                if (!before.isEmpty()) {
                    server.setJoined();
                }
            } else {
                if (!server.config().equals(wanted)) {
                    configured.add(server);
                }
                server.reconfigure(wanted, halfLife);
            }
            servers.add(server);
        }
        for (Server server : staying.values()) {
            server.setRemoved();
            removed.add(server);
        }
    }

    private static String identity(ServerConfig server) {
        return server.name() + " " + server.host() + " " + server.port();
    }

    /** In the order of the configuration. */
    List<Server> servers() {
        return List.copyOf(servers);
    }

    /** Those that are new or configured otherwise. */
    List<Server> configured() {
        return configured;
    }

    /** Those that are no longer wanted. */
    List<Server> removed() {
        return removed;
    }
}

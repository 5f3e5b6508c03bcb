package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.SocketBuffers;
import java.util.Set;

/** What the global sections say of the system's buffers, and reads it. */
final class GlobalBuffers {
    static final String NAMES =
            "tune.rcvbuf.client, tune.rcvbuf.server, tune.sndbuf.client, tune.sndbuf.server,"
                    + " tune.notsent-lowat.client, tune.notsent-lowat.server";

    private static final Set<String> KEYWORDS = Set.of(NAMES.split(", "));

    private SocketBuffers ofClients = SocketBuffers.OF_CLIENTS;
    private SocketBuffers ofServers = SocketBuffers.SYSTEM;

    SocketBuffers ofClients() {
        return ofClients;
    }

    SocketBuffers ofServers() {
        return ofServers;
    }

    /** Whether the keyword was one of these. */
    boolean read(Words words, String name) {
        if (!KEYWORDS.contains(name)) {
            return false;
        }
        Integer bytes = words.integer(name, 0, Integer.MAX_VALUE);
        if (bytes == null) {
            return true;
        }
        if (name.endsWith(".client")) {
            ofClients = with(ofClients, name, bytes);
        } else {
            ofServers = with(ofServers, name, bytes);
        }
        return true;
    }

    private static SocketBuffers with(SocketBuffers before, String name, int bytes) {
        int receive = name.startsWith("tune.rcvbuf.") ? bytes : before.receiveBytes();
        int send = name.startsWith("tune.sndbuf.") ? bytes : before.sendBytes();
        int unsent = name.startsWith("tune.notsent-lowat.") ? bytes : before.unsentBytes();
        return new SocketBuffers(receive, send, unsent);
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.Server;
import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickKeySource;
import io.evenkeel.lb.StickKeys;
import io.evenkeel.lb.StickyConnection;
import io.evenkeel.lb.StickyServers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which server a session sticks to. Used by its loop's thread alone, but for {@link #server}. */
final class SessionStickiness implements StickKeys {
    private final ClientAddresses client;
    private final @Nullable String serverName;
    private final StickyConnection rules;
    private final boolean storeAtPick;
    private volatile @Nullable Server server;

    SessionStickiness(StickyServers servers, ClientAddresses client, @Nullable String serverName) {
        this.client = client;
        this.serverName = serverName;
        rules = servers.connection(this);
        storeAtPick = servers.backend().config().stickiness().storeAtPick();
        server = rules.match(System.nanoTime());
    }

    @Override
    public boolean fill(StickKeySource source, StickKeyBuffer buffer) {
        return switch (source) {
            case SOURCE -> buffer.setAddress(client.source().getAddress().getAddress());
            case DESTINATION -> buffer.setAddress(client.destination().getAddress().getAddress());
            case DESTINATION_PORT -> buffer.setInteger(client.destination().getPort());
            case SNI -> serverName != null && buffer.setText(serverName);
            case APPLICATION -> false;
        };
    }

    /** The server that the session is to go to, or null if the balance decides. From any thread. */
    @Nullable Server server() {
        return server;
    }

    /** The server could not be reached, so the balance decides. */
    void leave() {
        server = null;
    }

    /**
     * Stores a server that was picked, if it is to be stored so early.
     *
     * @return false if the session is to pick again: others with the same key have been faster and got another server, which is
     *     {@link #server} now
     */
    boolean mayTake(Server picked, List<Server> avoided) {
        if (!storeAtPick || picked == server) {
            return true;
        }
        Server first = rules.store(picked, System.nanoTime());
        if (first == picked || !first.isRunning() || avoided.contains(first)) {
            return true;
        }
        server = first;
        return false;
    }

    /** The server has taken the connection. */
    void connected(Server to) {
        rules.store(to, System.nanoTime());
    }
}

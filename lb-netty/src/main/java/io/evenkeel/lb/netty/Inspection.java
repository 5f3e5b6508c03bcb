package io.evenkeel.lb.netty;

import io.evenkeel.lb.Condition;
import io.evenkeel.lb.ConnectionFacts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a client's connection goes, by its addresses and, where a rule asks for them, its first bytes, which it
 * keeps for the server. Used by the loop's thread alone.
 */
final class Inspection {
    private final Routing routing;
    private final InetSocketAddress remote;
    private final FirstBytes first = new FirstBytes();
    private @Nullable ClientHelloParser tls;
    private @Nullable HttpRequestHead http;
    private @Nullable ConnectionFacts facts;
    private boolean received;
    private boolean finished;

    Inspection(Routing routing, InetSocketAddress remote) {
        this.routing = routing;
        this.remote = remote;
        tls = routing.needs(Condition.Need.TLS) ? new ClientHelloParser() : null;
        http = routing.needs(Condition.Need.HTTP) ? new HttpRequestHead() : null;
    }

    private ConnectionFacts facts(InetSocketAddress local) {
        return new ConnectionFacts(
                remote.getAddress().getAddress(),
                remote.getPort(),
                local.getAddress().getAddress(),
                local.getPort());
    }

    /**
     * Decides as soon as it can, the first time by the addresses alone. Reads no more than it has to.
     *
     * @return null if it depends on what is still to come
     */
    @Nullable Route look(StreamSocket client, ChunkPool chunks) {
        if (routing.isTrivial()) {
            return routing.otherwise();
        }
        ConnectionFacts known = facts;
        Route route = null;
        if (known == null) {
            InetSocketAddress local = client.localAddress();
            if (local == null) {
                // The connection is gone already.
                return Route.ABANDONED;
            }
            known = facts(local);
            facts = known;
            route = routing.admits(known) ? routing.decide(known) : Route.REJECTED;
        }
        if (route == null) {
            route = read(client, chunks, known);
        }
        return route == null && routing.inspectDelayNanos() == 0 ? end() : route;
    }

    private @Nullable Route read(StreamSocket client, ChunkPool chunks, ConnectionFacts known) {
        while (first.room() > 0) {
            ByteBuffer bytes = chunks.scratch().bytes().clear();
            bytes.limit(Math.min(bytes.limit(), first.room()));
            int n;
            try {
                n = client.read(bytes);
            } catch (IOException e) {
                return Route.ABANDONED;
            }
            if (n < 0) {
                finished = true;
                return first.length() == 0 ? Route.ABANDONED : end();
            }
            if (n == 0) {
                return null;
            }
            first.append(bytes.flip());
            Route route = learn(known) ? routing.decide(known) : null;
            if (route != null) {
                return route;
            }
        }
        return end();
    }

    /** Decides by what is known: nothing more will be. */
    Route end() {
        ConnectionFacts known = Objects.requireNonNull(facts);
        known.end();
        Route route = routing.decide(known);
        if (route == null) {
            throw new IllegalStateException("Rules are undecided though everything is known.");
        }
        return route;
    }

    /** Whether something is known now that was not. */
    private boolean learn(ConnectionFacts known) {
        boolean learned = !received;
        received = true;
        known.received();
        if (tls != null) {
            switch (tls.parse(first.bytes(), first.length())) {
                case HELLO -> known.tls(tls.serverName(), tls.protocols());
                case OTHER -> known.noTls();
                case MORE -> {
                    return learnHttp(known) || learned;
                }
            }
            tls = null;
            learned = true;
        }
        return learnHttp(known) || learned;
    }

    private boolean learnHttp(ConnectionFacts known) {
        if (http == null) {
            return false;
        }
        switch (http.parse(first.bytes(), first.length())) {
            case REQUEST -> known.http(Objects.requireNonNull(http.request()));
            case OTHER -> known.noHttp();
            case MORE -> {
                return false;
            }
        }
        http = null;
        return true;
    }

    /** What was found out; null if nothing had to be. */
    @Nullable ConnectionFacts facts() {
        return facts;
    }

    /** Whether the client has sent FIN. */
    boolean finished() {
        return finished;
    }

    /** What was read, in a chunk that is the caller's; null if nothing was. */
    @Nullable Chunk take(ChunkPool chunks) {
        if (first.length() == 0) {
            return null;
        }
        ByteBuffer bytes = chunks.scratch().bytes().clear();
        bytes.put(first.bytes(), 0, first.length()).flip();
        return chunks.keepScratch();
    }
}

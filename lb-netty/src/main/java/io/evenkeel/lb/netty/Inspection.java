package io.evenkeel.lb.netty;

import io.evenkeel.lb.Condition;
import io.evenkeel.lb.ConnectionFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a client's connection goes that was let in, by its addresses and, where a rule asks for them, its first bytes, which
 * it keeps for the server. Used by the loop's thread alone.
 */
final class Inspection {
    private final Routing routing;
    private final ConnectionFacts facts;
    private final FirstBytes first;
    private @Nullable ClientHelloParser tls;
    private @Nullable HttpRequestHead http;
    private boolean looked;
    private boolean received;
    private boolean finished;

    /**
     * @param first what was read already, to which the rest is added
     */
    Inspection(Routing routing, ConnectionFacts facts, FirstBytes first) {
        this.routing = routing;
        this.facts = facts;
        this.first = first;
        tls =
                routing.needs(Condition.Need.TLS) && facts.isTlsPending()
                        ? new ClientHelloParser()
                        : null;
        http = routing.needs(Condition.Need.HTTP) ? new HttpRequestHead() : null;
    }

    /**
     * Decides as soon as it can, the first time by the addresses alone. Reads no more than it has to.
     *
     * @return null if it depends on what is still to come
     */
    @Nullable Route look(StreamSocket client, ChunkPool chunks) {
        Route route = null;
        if (!looked) {
            looked = true;
            route = routing.decide(facts);
            if (route == null && first.length() > 0 && learn(facts)) {
                route = routing.decide(facts);
            }
        }
        if (route == null) {
            route = read(client, chunks, facts);
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
        facts.end();
        Route route = routing.decide(facts);
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

    /** Whether the client has sent FIN. */
    boolean finished() {
        return finished;
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.ProxyHeaderSenders;
import io.evenkeel.lb.TerminatedTls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes of a connection until it is known where it goes: the rules on its own addresses, the PROXY header where one is expected,
 * the TLS handshake, then the {@link Inspection}. Used by the loop's thread alone.
 */
final class Arrival {
    private static final Logger LOGGER = LoggerFactory.getLogger(Arrival.class);

    /** A timer takes no longer. */
    private static final long ENDLESS_NANOS = TimeUnit.DAYS.toNanos(1000);

    private final Routing routing;
    private final @Nullable ProxyHeaderSenders senders;
    private final ClientAddresses addresses;
    private FirstBytes first = new FirstBytes();
    private boolean admitted;
    private boolean rejectedAtOnce;
    private @Nullable ConnectionFacts facts;
    private @Nullable ProxyHeaderParser header;
    private @Nullable TerminatedTls tls;
    private @Nullable Inspection inspection;
    private long newWaitNanos;

    /**
     * @param senders who may connect, with a PROXY header; null: the rules say of whom one is expected
     */
    Arrival(Routing routing, @Nullable ProxyHeaderSenders senders, ClientAddresses addresses) {
        this.routing = routing;
        this.senders = senders;
        this.addresses = addresses;
    }

    /** Those of the connection until its PROXY header has said others. */
    ClientAddresses addresses() {
        return addresses;
    }

    /**
     * Decides as soon as it can. Reads no more than it has to.
     *
     * @return null if it depends on what is still to come
     */
    @Nullable Route look(StreamSocket client, ChunkPool chunks) {
        if (!admitted) {
            admitted = true;
            Route refused = admit();
            if (refused != null) {
                return refused;
            }
        }
        AcceptedTlsSocket secured = client instanceof AcceptedTlsSocket over ? over : null;
        if (header != null) {
            Route refused = readHeader(secured == null ? client : secured.below(), chunks, header);
            if (refused != null || header != null) {
                return refused;
            }
        }
        if (secured != null && tls == null) {
            Route refused = shakeHands(secured);
            if (refused != null || tls == null) {
                return refused;
            }
        }
        Inspection running = inspection;
        if (running == null) {
            if (routing.isTrivial()) {
                return routing.otherwise();
            }
            ConnectionFacts known = facts == null ? addresses.facts() : facts;
            if (known == null) {
                return Route.ABANDONED;
            }
            facts = known;
            if (tls != null) {
                known.terminated(tls);
                // That of the connection was it; nobody speaks TLS within TLS.
                known.noTls();
            }
            running = new Inspection(routing, known, first);
            inspection = running;
            newWaitNanos = routing.inspectDelayNanos();
        }
        return running.look(client, chunks);
    }

    /** Whether a rule on its addresses has rejected it. */
    boolean isRejectedAtOnce() {
        return rejectedAtOnce;
    }

    /** Why the connection is refused at once; null if it is not. */
    private @Nullable Route admit() {
        if (senders == null && routing.admitsAll()) {
            return null;
        }
        ConnectionFacts own = addresses.facts();
        if (own == null) {
            return Route.ABANDONED;
        }
        if (!routing.admits(own)) {
            rejectedAtOnce = true;
            return Route.REJECTED;
        }
        if (senders != null && !senders.trusts(own)) {
            return refuse("is expected from proxies that may send one, and this is none of them");
        }
        facts = own;
        if (senders != null || routing.expectsProxyHeader(own)) {
            header = new ProxyHeaderParser();
            newWaitNanos = routing.proxyHeaderTimeoutNanos();
        }
        return null;
    }

    /** Why the connection is refused; null if it is not, or not yet, as long as there is a {@link #header} to read. */
    private @Nullable Route readHeader(
            StreamSocket client, ChunkPool chunks, ProxyHeaderParser parser) {
        while (true) {
            // A whole header fits: longer ones are bad.
            ByteBuffer bytes = chunks.scratch().bytes().clear().limit(first.room());
            int n;
            try {
                n = client.read(bytes);
            } catch (IOException e) {
                return Route.ABANDONED;
            }
            if (n <= 0) {
                return n < 0 ? Route.ABANDONED : null;
            }
            first.append(bytes.flip());
            switch (parser.parse(first.bytes(), first.length())) {
                case HEADER -> {
                    take(parser);
                    return null;
                }
                case BAD -> {
                    return refuse(parser.reason());
                }
                case MORE -> {
                    // Until the kernel has no more.
                }
            }
        }
    }

    private void take(ProxyHeaderParser parser) {
        byte[] bytes = first.bytes();
        addresses.replace(
                parser.isAddressed() ? parser.addresses(bytes) : null, parser.authority(bytes));
        first.removeFirst(parser.size());
        if (parser.isAddressed()) {
            facts = null;
        }
        header = null;
    }

    private Route refuse(String reason) {
        LOGGER.debug(
                "The connection of {} is reset: its PROXY header {}.", addresses.source(), reason);
        return Route.HEADER_REFUSED;
    }

    /** Why the connection is refused; null if it is not, or not yet, as long as there is no {@link #tls}. */
    private @Nullable Route shakeHands(AcceptedTlsSocket secured) {
        if (!secured.isStarted()) {
            long most = routing.handshakeTimeoutNanos();
            newWaitNanos = most == 0 ? ENDLESS_NANOS : most;
            FirstBytes read = first;
            first = new FirstBytes();
            secured.start(read);
        }
        if (!secured.isSettled()) {
            return null;
        }
        SSLException failure = secured.failure();
        if (failure == null) {
            tls = secured.terminated();
            return null;
        }
        LOGGER.debug(
                "The TLS handshake with {} failed: {}.",
                addresses.source(),
                TlsFailure.describe(failure));
        return Route.TLS_FAILED;
    }

    /** What is known of its TLS, where that is taken off; else null. */
    @Nullable TerminatedTls tls() {
        return tls;
    }

    /** How long the wait may take at most that has begun with the last {@link #look}; 0 if none has begun. */
    long newWaitNanos() {
        long nanos = newWaitNanos;
        newWaitNanos = 0;
        return nanos;
    }

    /** Decides by what is known: the wait is over. */
    Route end() {
        Inspection running = inspection;
        if (running != null) {
            return running.end();
        }
        return header == null ? Route.TLS_TIMEOUT : Route.HEADER_TIMEOUT;
    }

    /** What was found out; null if nothing had to be. */
    @Nullable ConnectionFacts facts() {
        return facts;
    }

    /** Whether the client has sent FIN. */
    boolean finished() {
        Inspection running = inspection;
        return running != null && running.finished();
    }

    /** What was read beyond the header, in a chunk that is the caller's; null if nothing was. */
    @Nullable Chunk take(ChunkPool chunks) {
        if (first.length() == 0) {
            return null;
        }
        ByteBuffer bytes = chunks.scratch().bytes().clear();
        bytes.put(first.bytes(), 0, first.length()).flip();
        return chunks.keepScratch();
    }
}

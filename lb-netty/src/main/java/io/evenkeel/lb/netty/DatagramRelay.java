package io.evenkeel.lb.netty;

import io.evenkeel.lb.UdpFrontendConfig;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays the datagrams that reach one UDP address on one event loop: finds the session of each, begins and ends sessions. Used by its
 * loop's thread alone.
 */
final class DatagramRelay implements DatagramListenSocket.Taker {
    private static final Logger LOGGER = LoggerFactory.getLogger(DatagramRelay.class);
    private static final long SHORTEST_LOOK_NANOS = 1_000_000;

    /** EMFILE, ENFILE, EAGAIN, EADDRNOTAVAIL, EADDRINUSE and ENOBUFS, of which connect has some when all ports are taken. */
    private static final List<String> SHORTAGES =
            List.of(
                    "Too many open files",
                    "temporarily unavailable",
                    "assign requested address",
                    "Address already in use",
                    "No buffer space");

    private final UdpLoop loop;
    private final DatagramListenSocket socket;
    private final @Nullable LocalSockets locals;
    private final int index;
    private final UdpCounters counters;
    private final DatagramSessions<DatagramSession> sessions =
            new DatagramSessions<>(new SecureRandom().nextLong());
    private UdpFrontend frontend;
    private int maxSessions;
    private @Nullable Future<?> nextLook;
    private boolean closed;

    /**
     * @param locals where the answers leave if the socket is bound to all addresses; null: from the socket
     * @param index of this relay among those of its address
     */
    DatagramRelay(
            UdpLoop loop,
            UdpFrontend frontend,
            DatagramListenSocket socket,
            @Nullable LocalSockets locals,
            int index,
            UdpCounters counters,
            int maxSessions) {
        this.loop = loop;
        this.frontend = frontend;
        this.socket = socket;
        this.locals = locals;
        this.index = index;
        this.counters = counters;
        this.maxSessions = maxSessions;
    }

    UdpLoop loop() {
        return loop;
    }

    /** Starts to receive. */
    void start() throws IOException {
        socket.register(this);
    }

    /** Its datagrams are that frontend's from now on, which may have another configuration. */
    void serve(UdpFrontend other, int most) {
        frontend = other;
        maxSessions = most;
        while (sessions.size() > maxSessions) {
            evictOldest();
        }
        Future<?> planned = nextLook;
        if (planned != null) {
            // By another timeout, perhaps.
            planned.cancel(false);
            look();
        }
    }

    @Override
    public void received(ByteBuffer datagram, InetSocketAddress client, InetAddress local) {
        counters.fromClients.increment();
        if (datagram.remaining() > config().maxDatagramBytes()) {
            counters.drop(DatagramDrop.TOO_LONG);
            return;
        }
        long now = System.nanoTime();
        DatagramSession session = sessions.find(client, local);
        if (session == null) {
            session = begin(client, local, now);
        } else {
            sessions.touch(session, now);
        }
        if (session == null) {
            counters.drop(DatagramDrop.NO_LOCAL_ADDRESS);
            return;
        }
        try {
            session.fromClient(datagram, now);
        } catch (Throwable e) {
            onBug(session, e);
        }
    }

    private @Nullable DatagramSession begin(
            InetSocketAddress client, InetAddress local, long nowNanos) {
        LocalSockets sockets = locals;
        DatagramListenSocket way = sockets == null ? socket : sockets.find(local, index);
        if (way == null) {
            return null;
        }
        if (sessions.size() >= maxSessions) {
            evictOldest();
        }
        DatagramSession session = new DatagramSession(this, way, client, local);
        sessions.add(session, nowNanos);
        counters.opened.increment();
        if (nextLook == null) {
            lookIn(frontend.idleTimeoutNanos());
        }
        return session;
    }

    private void evictOldest() {
        DatagramSession oldest = sessions.oldest();
        if (oldest != null) {
            counters.evicted.increment();
            end(oldest);
        }
    }

    private void lookIn(long nanos) {
        nextLook =
                loop.loop()
                        .schedule(
                                this::look,
                                Math.max(nanos, SHORTEST_LOOK_NANOS),
                                TimeUnit.NANOSECONDS);
    }

    /** One timer for all: the oldest is the first whose time is up. */
    private void look() {
        nextLook = null;
        endIdle();
        DatagramSession oldest = sessions.oldest();
        if (oldest != null) {
            lookIn(oldest.lastNanos + frontend.idleTimeoutNanos() - System.nanoTime());
        }
    }

    private void endIdle() {
        long idleNanos = frontend.idleTimeoutNanos();
        long now = System.nanoTime();
        DatagramSession oldest = sessions.oldest();
        while (oldest != null && now - oldest.lastNanos >= idleNanos) {
            counters.expired.increment();
            end(oldest);
            oldest = sessions.oldest();
        }
    }

    /** Ends a session, which gives back everything. */
    void end(DatagramSession session) {
        if (session.listed) {
            sessions.remove(session);
            counters.ended.increment();
        }
        session.disconnect();
    }

    /** Receives more answers when the loop's other sockets had their turn. */
    void later(DatagramSession session) {
        loop.nextTurn().add(session);
    }

    /** Its client's next datagram begins another session. */
    void hide(DatagramSession session) {
        sessions.hide(session);
    }

    void touch(DatagramSession session, long nowNanos) {
        sessions.touch(session, nowNanos);
    }

    /** A socket to a server; when there is none left, that of the session that has been idle for the longest time is given up for it. */
    ServerDatagramSocket connect(InetSocketAddress server, DatagramSession session)
            throws IOException {
        try {
            return loop.connect(server, session);
        } catch (IOException | ChannelException e) {
            DatagramSession oldest = sessions.oldest();
            if (!isShortage(e) || oldest == null || oldest == session) {
                throw e;
            }
            evictOldest();
            return loop.connect(server, session);
        }
    }

    /**
     * Whether a socket was not made for want of a descriptor, a local port or memory, rather than for a network that cannot be reached. The
     * JDK says so in words only.
     */
    static boolean isShortage(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return SHORTAGES.stream().anyMatch(message::contains);
    }

    UdpFrontendConfig config() {
        return frontend.config();
    }

    Upstream upstream() {
        return frontend.upstream();
    }

    long balanceKey(DatagramSession session, ByteBuffer datagram) {
        return frontend.balanceKey(session.client.getAddress(), session.local, datagram);
    }

    UdpCounters counters() {
        return counters;
    }

    ByteBuffer scratch() {
        return loop.scratch();
    }

    void onBug(DatagramSession session, Throwable bug) {
        LOGGER.error(
                "The session of {} on udp frontend {} is ended because of a bug; please report it.",
                session.client,
                config().name(),
                bug);
        end(session);
    }

    InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    /** Ends every session and receives no more. */
    void close() {
        closed = true;
        Future<?> planned = nextLook;
        if (planned != null) {
            planned.cancel(false);
        }
        DatagramSession oldest = sessions.oldest();
        while (oldest != null) {
            end(oldest);
            oldest = sessions.oldest();
        }
        socket.close();
        LocalSockets sockets = locals;
        if (sockets != null) {
            sockets.close(index);
        }
    }
}

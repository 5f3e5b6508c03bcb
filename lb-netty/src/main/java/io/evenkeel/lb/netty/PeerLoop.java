package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.PeerConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ServerTlsConfig;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.peers.PeerGroup;
import io.evenkeel.lb.peers.PeerSession;
import io.evenkeel.lb.peers.PeerState;
import io.netty.channel.ChannelException;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of this node with the peers of a group, on one event loop; what is told on them, and when there are any, is for the
 * {@link PeerGroup} to decide. What {@link StickExchange} has is
 * for other threads, the rest for the loop.
 */
final class PeerLoop implements StickExchange, ListenSocket.Taker {
    private static final Logger LOGGER = LoggerFactory.getLogger(PeerLoop.class);
    private static final ListenConfig LISTEN = ListenConfig.builder().backlog(64).build();
    private static final int BUFFER_BYTES = 16_384;
    private static final long SHORTEST_WAIT_NANOS = 1_000_000L;

    /** Soon enough after it, descriptors may be free again. */
    private static final long PAUSE_AFTER_ERROR_NANOS = 100_000_000L;

    private final LoopContext context;
    private final Executor names;
    private final PeerGroup group;
    private final List<ListenSocket> listeners = new ArrayList<>();
    private final List<PeerConnection> connections = new ArrayList<>();
    private final Set<ListenSocket> paused = new HashSet<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private @Nullable PeerConnection next;
    private @Nullable Future<?> timer;
    private volatile boolean started;
    private volatile boolean closed;

    /**
     * @param names looks up the hosts of peers
     */
    PeerLoop(
            PeersConfig config,
            List<StickTable> tables,
            LoopContext context,
            Executor names,
            SafeObserver observer) {
        this.context = context;
        this.names = names;
        group =
                new PeerGroup(
                        config,
                        tables,
                        ProcessHandle.current().pid(),
                        new SecureRandom().nextLong(),
                        new PeerReports(observer),
                        this::wake,
                        System.nanoTime());
    }

    @Override
    public List<PeerState> states() {
        return group.states(System.nanoTime());
    }

    @Override
    public void follow(StickExchange before) {
        if (before instanceof PeerLoop old) {
            group.follow(old.group);
        }
    }

    /** Listens, and starts to connect. */
    @Override
    public void start() throws ProxyStartException {
        for (BindAddress bind : group.config().binds()) {
            try {
                InetSocketAddress address =
                        new InetSocketAddress(HostNames.first(bind.host()), bind.port());
                listeners.addAll(
                        context.transport()
                                .listen(List.of(context.loop()), address, LISTEN, false));
            } catch (IOException | ChannelException e) {
                throw new ProxyStartException(
                        "Peers "
                                + group.config().name()
                                + " cannot listen on "
                                + bind
                                + ": "
                                + Listening.reason(e, bind),
                        e);
            }
        }
        started = true;
        context.loop().execute(this::begin);
    }

    private void begin() {
        for (ListenSocket listener : listeners) {
            try {
                listener.register(() -> acceptAll(listener));
            } catch (IOException e) {
                LOGGER.warn(
                        "Peers {} do not listen on {}: {}; connections are only made, not taken.",
                        group.config().name(),
                        listener.localAddress(),
                        e.getMessage());
            }
        }
        turn();
    }

    private void wake() {
        if (started && !closed && woken.compareAndSet(false, true)) {
            try {
                context.loop()
                        .execute(
                                () -> {
                                    woken.set(false);
                                    turn();
                                });
            } catch (RejectedExecutionException e) {
                // The proxy is being closed.
                woken.set(false);
            }
        }
    }

    private void acceptAll(ListenSocket listener) {
        try {
            while (!closed && !paused.contains(listener) && listener.accept(this)) {
                // Until the queue is empty.
            }
        } catch (IOException e) {
            tell(
                    "Peers "
                            + group.config().name()
                            + " could not accept a connection on "
                            + listener.localAddress(),
                    e);
            pause(listener);
        }
        turn();
    }

    /** What it could not take stays in the queue, and would be reported at once or never again. */
    private void pause(ListenSocket listener) {
        paused.add(listener);
        listener.pause(true);
        context.loop()
                .schedule(
                        () -> {
                            paused.remove(listener);
                            if (!closed) {
                                listener.pause(false);
                                acceptAll(listener);
                            }
                        },
                        PAUSE_AFTER_ERROR_NANOS,
                        TimeUnit.NANOSECONDS);
    }

    private void tell(String what, Exception error) {
        if (DescriptorShortage.isOne(error)) {
            context.shortage().record(context.loop(), what, error);
        } else {
            LOGGER.warn("{}: {}.", what, error.getMessage());
        }
    }

    @Override
    public StreamSocket.Listener listener() {
        PeerConnection connection = next;
        if (connection == null) {
            connection = new PeerConnection(this);
            next = connection;
        }
        return connection;
    }

    @Override
    public IoEventLoop loop() {
        return context.loop();
    }

    @Override
    public void accepted(StreamSocket socket, InetSocketAddress remote) {
        PeerConnection connection = Objects.requireNonNull(next, "listener() comes first");
        next = null;
        String origin = remote.getAddress().getHostAddress();
        PeerSession session = group.accept(origin, System.nanoTime());
        if (session == null) {
            socket.reset();
            return;
        }
        connections.add(connection);
        BindTlsConfig tls = group.config().tls();
        try {
            if (tls == null) {
                connection.accepted(session, socket);
            } else {
                connection.acceptedWithTls(
                        session,
                        new AcceptedTlsSocket(
                                context, socket, context.tls().bind(tls), connection));
            }
        } catch (IOException e) {
            socket.close();
            end(connection, "the connection is broken: " + e.getMessage());
        }
    }

    /** Sends what there is to say, closes what is over, connects whom it is time for, and comes back when it is time again. */
    void turn() {
        if (closed) {
            return;
        }
        long soonest = SHORTEST_WAIT_NANOS;
        try {
            group.advance(System.nanoTime());
            for (PeerConnection connection : List.copyOf(connections)) {
                send(connection);
            }
            for (PeerConfig peer : group.peersToConnect(System.nanoTime())) {
                connect(peer);
            }
        } catch (RuntimeException | Error e) {
            LastResort.log("Exchanging stick tables", e);
            soonest = PAUSE_AFTER_ERROR_NANOS;
        }
        comeBack(soonest);
    }

    private void send(PeerConnection connection) {
        try {
            String ended = connection.write(buffer);
            PeerSession session = connection.session();
            if (ended != null) {
                end(connection, ended);
            } else if (session != null && session.isOver()) {
                end(connection, session.cause());
            }
        } catch (RuntimeException | Error e) {
            connection.onBug(e);
        }
    }

    private void comeBack(long soonestNanos) {
        Future<?> before = timer;
        if (before != null) {
            before.cancel(false);
        }
        long now = System.nanoTime();
        long wait = Math.max(soonestNanos, group.deadlineNanos(now) - now);
        timer = context.loop().schedule(this::turn, wait, TimeUnit.NANOSECONDS);
    }

    private void connect(PeerConfig peer) {
        PeerConnection connection = new PeerConnection(this);
        connection.expect(group.connect(peer, System.nanoTime()));
        connections.add(connection);
        try {
            names.execute(() -> LoopPost.offer(context.loop(), lookUp(connection, peer)));
        } catch (RejectedExecutionException e) {
            end(connection, "the proxy is being closed");
        }
    }

    /** Where it is, off the loop; what to do then, on it. */
    private Runnable lookUp(PeerConnection connection, PeerConfig peer) {
        try {
            InetSocketAddress remote =
                    new InetSocketAddress(HostNames.first(peer.host()), peer.port());
            return () -> connect(connection, remote, peer.tls());
        } catch (UnknownHostException e) {
            return () -> end(connection, "its name " + peer.host() + " is not known");
        } catch (RuntimeException e) {
            return () ->
                    end(
                            connection,
                            "its name " + peer.host() + " cannot be looked up: " + e.getMessage());
        }
    }

    private void connect(
            PeerConnection connection, InetSocketAddress remote, @Nullable ServerTlsConfig tls) {
        if (closed || !connections.contains(connection)) {
            return;
        }
        try {
            StreamSocket socket = newSocket(connection, remote, tls);
            connection.connecting(socket);
            socket.connect(remote);
        } catch (IOException | RuntimeException e) {
            // Netty and the JDK throw some that are no IOException, such as without a descriptor.
            end(connection, "it cannot be connected to: " + e.getMessage());
        }
    }

    private StreamSocket newSocket(
            PeerConnection connection, InetSocketAddress remote, @Nullable ServerTlsConfig config)
            throws IOException {
        ServerTls tls = config == null ? null : context.tls().server(config);
        if (config != null && tls == null) {
            throw new IOException("its certificates were just removed");
        }
        StreamSocket plain = context.transport().newSocket(context.loop(), remote, connection);
        return tls == null
                ? plain
                : new ConnectingTlsSocket(
                        context, plain, tls, tls.serverName(null), socket -> true, connection);
    }

    void inNextTurn(Runnable step) {
        context.nextTurn().add(step);
    }

    void read(PeerConnection connection) {
        String ended = connection.read(buffer);
        if (ended != null) {
            end(connection, ended);
        }
    }

    void end(PeerConnection connection, String cause) {
        connection.close();
        connections.remove(connection);
        PeerSession session = connection.session();
        if (session != null) {
            group.ended(session, cause, System.nanoTime());
        }
        if (!closed) {
            // When to connect again is known now.
            wake();
        }
    }

    /** It is closed before it is known whose it is. */
    void refuse(PeerConnection connection, String cause) {
        PeerSession session = connection.session();
        if (session != null) {
            group.refused(session, cause, System.nanoTime());
        }
        end(connection, cause);
    }

    @Override
    public void close() {
        context.loop().submit(this::closeAll).awaitUninterruptibly();
    }

    private void closeAll() {
        closed = true;
        group.close();
        listeners.forEach(ListenSocket::close);
        connections.forEach(PeerConnection::close);
        connections.clear();
        Future<?> before = timer;
        if (before != null) {
            before.cancel(false);
        }
    }
}

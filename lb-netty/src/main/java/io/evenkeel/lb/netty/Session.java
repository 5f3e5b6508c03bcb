package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.ConnectAttempts;
import io.evenkeel.lb.Lease;
import io.evenkeel.lb.NextAttempt;
import io.evenkeel.lb.Server;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection from accept to end. It owns both sockets, the server's lease, the timer and the reason of the
 * end; nobody else closes or releases any of them. Used by its loop's thread alone.
 */
final class Session implements StreamSocket.Listener, Relay.Listener, ServerSearch.Listener {
    private static final Logger LOGGER = LoggerFactory.getLogger(Session.class);

    private final LoopContext context;
    private final Frontend frontend;
    private final Acceptor acceptor;
    private final EarlyBytes early;

    /** Set when it is decided where the connection goes, before anything of it is needed. */
    @SuppressWarnings("NullAway.Init")
    private Upstream upstream;

    private final SessionEnds ends;
    private int index;

    private final SessionTimes times = new SessionTimes();

    /** Set before anything of it is needed. */
    @SuppressWarnings("NullAway.Init")
    private ClientAddresses addresses;

    private @Nullable StreamSocket client;
    private SourceGate.@Nullable Pass pass;
    private @Nullable Arrival arrival;
    private @Nullable ServerGreeting greeting;
    private @Nullable StreamSocket server;
    private @Nullable Lease lease;
    private @Nullable ConnectAttempts attempts;
    private @Nullable Relay relay;
    private @Nullable IdleWatch idle;
    private final SessionTimer timer;

    private @Nullable ServerSearch search;
    private @Nullable String serverName;
    private int retries;
    private boolean ended;

    /** Hears of the end when everything is returned. */
    interface SessionEnds {
        void onEnd(SessionEnd end);
    }

    Session(LoopContext context, Frontend frontend, Acceptor acceptor, SessionEnds ends) {
        this.context = context;
        this.frontend = frontend;
        this.acceptor = acceptor;
        this.ends = ends;
        early = new EarlyBytes(context.chunks());
        timer = new SessionTimer(context.loop(), this::onBug);
    }

    LoopContext context() {
        return context;
    }

    int index() {
        return index;
    }

    void setIndex(int value) {
        index = value;
    }

    void start(StreamSocket accepted, Arrival arriving) {
        client = accepted;
        arrival = arriving;
        addresses = arriving.addresses();
        context.add(this);
        try {
            SourceGate gate = frontend.sourceGate();
            pass = gate == null ? null : gate.admit(addresses);
            if (gate != null && pass == null) {
                frontend.rejectedAtOnce();
                end(TerminationCause.SOURCE_LIMIT, true);
                return;
            }
            accepted.register();
            look(accepted, arriving);
        } catch (IOException e) {
            end(TerminationCause.RESOURCES, true);
        } catch (Throwable e) {
            onBug(e);
        }
    }

    private void look(StreamSocket from, Arrival running) {
        Route route = running.look(from, context.chunks());
        if (running.isRejectedAtOnce()) {
            frontend.rejectedAtOnce();
        }
        long waitNanos = running.newWaitNanos();
        if (route != null) {
            goTo(route);
        } else if (waitNanos > 0) {
            timer.arm(() -> goTo(running.end()), waitNanos);
        }
    }

    private void goTo(Route route) {
        timer.disarm();
        Arrival done = Objects.requireNonNull(arrival);
        arrival = null;
        Upstream target = route.upstream();
        if (target == null) {
            end(Objects.requireNonNull(route.refusal()), route.isReset());
            return;
        }
        early.keep(done.take(context.chunks()), done.finished());
        upstream = target;
        greeting = new ServerGreeting(addresses, done.facts(), done.tls());
        search = new ServerSearch(context.loop(), target, addresses, done.facts(), times, this);
        attempts = search.attempts();
        search();
    }

    private BackendConfig config() {
        return upstream.backend().config();
    }

    private void search() {
        ServerSearch started = Objects.requireNonNull(search);
        started.start();
        if (started.isQueued()) {
            timer.arm(
                    () -> end(TerminationCause.QUEUE_TIMEOUT, true), upstream.queueTimeoutNanos());
        }
    }

    @Override
    public void onNoneFound(TerminationCause cause) {
        end(cause, true);
    }

    @Override
    public void onFound(Lease found) {
        timer.disarm();
        connect(found);
    }

    private void connect(Lease taken) {
        lease = taken;
        Server target = taken.server();
        serverName = target.name();
        times.connecting();
        InetSocketAddress address = upstream.addresses().find(target);
        if (address == null) {
            onConnectFailed(target, TerminationCause.CONNECT_FAILED);
            return;
        }
        StreamSocket socket;
        try {
            socket =
                    Objects.requireNonNull(greeting)
                            .newSocket(target.config(), address, context, this);
        } catch (IOException | ChannelException e) {
            if (DescriptorShortage.isOne(e)) {
                context.shortage()
                        .record(context.loop(), "No socket could be opened to " + target, e);
                end(TerminationCause.RESOURCES, true);
            } else {
                onConnectFailed(target, LocalPorts.causeOf(e));
            }
            return;
        }
        server = socket;
        if (early.bufferedBytes() > 0 || Objects.requireNonNull(client).hasReceived()) {
            socket.bytesFollow();
        }
        try {
            upstream.sources().connect(socket, target, address, addresses);
        } catch (IOException | RuntimeException e) {
            onConnectFailed(target, LocalPorts.causeOf(e));
            return;
        }
        if (config().connectTimeoutNanos() > 0) {
            timer.arm(() -> onConnectTimeout(target), config().connectTimeoutNanos());
        }
    }

    @Override
    public void onConnected(StreamSocket socket, @Nullable IOException failure) {
        timer.disarm();
        Server target = Objects.requireNonNull(lease).server();
        upstream.observe(target, failure == null);
        if (failure != null) {
            onConnectFailed(target, TlsFailure.causeOf(failure));
            return;
        }
        if (upstream.isTooLate(target)) {
            end(TerminationCause.SERVER_DOWN, true);
            return;
        }
        if (!Objects.requireNonNull(greeting).send(target.config(), socket, context.chunks())) {
            onConnectFailed(target, TerminationCause.CONNECT_FAILED);
            return;
        }
        times.connected();
        Objects.requireNonNull(search).connected(target);
        Lease held = Objects.requireNonNull(lease);
        held.connected(System.nanoTime());
        held.observeLatency(times.attemptNanos(), System.nanoTime());
        forgetSearch();
        Relay started = new Relay(context, Objects.requireNonNull(client), socket, this);
        relay = started;
        started.start(early.take(), early.finished());
        if (!ended) {
            idle = new IdleWatch(started, timer, frontend, upstream, this::onIdle);
            idle.look();
        }
    }

    /** Most sessions are idle, and have no use for it from here on. */
    private void forgetSearch() {
        retries = retries();
        search = null;
        attempts = null;
        greeting = null;
    }

    private int retries() {
        ConnectAttempts made = attempts;
        return made == null ? retries : made.retries();
    }

    private void onConnectTimeout(Server target) {
        upstream.observe(target, false);
        onConnectFailed(target, TerminationCause.CONNECT_TIMEOUT);
    }

    private void onConnectFailed(Server target, TerminationCause cause) {
        timer.disarm();
        StreamSocket failed = server;
        server = null;
        if (failed != null) {
            failed.reset();
        }
        ConnectAttempts decider = Objects.requireNonNull(attempts);
        NextAttempt next =
                cause == TerminationCause.CONNECT_TIMEOUT
                        ? decider.afterTimeout(target, upstream.backend().pool())
                        : decider.afterError(target, upstream.backend().pool());
        switch (next.kind()) {
            case RETRY_SAME -> timer.later(this::connectAgain, next.delayNanos());
            case REDISPATCH -> {
                Objects.requireNonNull(search).leave(decider.failed());
                releaseLease();
                timer.later(this::search, next.delayNanos());
            }
            case GIVE_UP -> end(cause, true);
        }
    }

    private void connectAgain() {
        Lease kept = lease;
        if (!ended && kept != null) {
            connect(kept);
        }
    }

    @Override
    public void onReady(StreamSocket socket) {
        Relay running = relay;
        if (running != null) {
            running.onReady(socket);
        } else if (arrival != null) {
            look(socket, arrival);
        } else if (socket == client
                && (socket.hungUp() || !socket.reportsHangUp())
                && !early.probe(socket)) {
            abortByClient();
        }
    }

    private void abortByClient() {
        ServerSearch running = search;
        end(
                running != null && running.isQueued()
                        ? TerminationCause.CLIENT_ABORT_QUEUED
                        : TerminationCause.CLIENT_ABORT_CONNECTING,
                true);
    }

    @Override
    public void onFinished() {
        end(TerminationCause.COMPLETED, false);
    }

    @Override
    public void onReset(StreamSocket brokenSide) {
        end(
                brokenSide == client
                        ? TerminationCause.CLIENT_ABORT
                        : TerminationCause.SERVER_ABORT,
                true);
    }

    @Override
    public void onHalfClosed() {
        IdleWatch watch = idle;
        if (!ended && watch != null) {
            watch.onHalfClosed();
        }
    }

    /** Goes by the timeouts that are configured now. */
    void lookAtTimeouts() {
        IdleWatch watch = idle;
        if (!ended && watch != null) {
            watch.look();
        }
    }

    private void onIdle(TerminationCause cause) {
        end(cause, heldBytes() > 0);
    }

    @Override
    public void onBug(Throwable bug) {
        boolean memory = bug instanceof OutOfMemoryError;
        try {
            LOGGER.error(
                    memory
                            ? "The session of {} on frontend {} is reset for want of memory; give the JVM"
                                    + " more (-XX:MaxDirectMemorySize, -Xmx), or the proxy a smaller"
                                    + " byte budget."
                            : "The session of {} on frontend {} is reset because of a bug; please"
                                    + " report it.",
                    addresses.source(),
                    frontend.config().name(),
                    bug);
        } finally {
            abort(memory ? TerminationCause.RESOURCES : TerminationCause.INTERNAL);
        }
    }

    /** Whether its frontend, what accepted it, its backend or its server is among these. */
    boolean isAtAnyOf(Set<Object> those) {
        return those.contains(frontend)
                || those.contains(acceptor)
                || those.contains(upstream)
                || those.contains(server());
    }

    /** The server that it is at, or connects to; null while it has none. */
    @Nullable Server server() {
        Lease held = lease;
        return held == null ? null : held.server();
    }

    /** What it holds that nobody has taken yet. */
    int heldBytes() {
        Relay running = relay;
        return (running == null ? early.bufferedBytes() : running.bufferedBytes())
                + StreamSocket.heldBytes(client, server);
    }

    /** How long it has held that. */
    long stalledNanos(long nowNanos) {
        Relay running = relay;
        return running == null ? times.totalNanos() : running.stalledNanos(nowNanos);
    }

    /** How long neither side has sent or taken anything. */
    long silentNanos(long nowNanos) {
        Relay running = relay;
        return running == null ? times.totalNanos() : running.silentNanos(nowNanos);
    }

    /** Resets both sides; throws nothing. */
    void abort(TerminationCause cause) {
        try {
            end(cause, true);
        } catch (Throwable e) {
            LastResort.log("Ending a session", e);
        }
    }

    /** Whatever fails of it, the rest is done: its places are those of others. */
    private void end(TerminationCause cause, boolean reset) {
        if (ended) {
            return;
        }
        ended = true;
        context.remove(this);
        try {
            stop(reset);
        } finally {
            try {
                releasePlaces();
            } finally {
                try {
                    // First, so that nobody counts more connections than there may be.
                    ends.onEnd(describe(cause));
                } finally {
                    frontend.closed();
                }
            }
        }
    }

    private void stop(boolean reset) {
        timer.disarm();
        ServerSearch searching = search;
        Relay running = relay;
        try {
            if (searching != null) {
                searching.stop();
            }
            if (running != null) {
                running.stop();
            }
            early.release();
        } finally {
            try {
                StreamSocket.release(client, reset);
            } finally {
                StreamSocket.release(server, reset);
            }
        }
    }

    private void releasePlaces() {
        try {
            releaseLease();
        } finally {
            if (pass != null) {
                pass.release(toServerBytes(), toClientBytes());
            }
        }
    }

    private void releaseLease() {
        Lease held = lease;
        if (held != null) {
            lease = null;
            held.close(System.nanoTime());
        }
    }

    private long toServerBytes() {
        Relay running = relay;
        return running == null ? 0 : running.clientToServerBytes();
    }

    private long toClientBytes() {
        Relay running = relay;
        return running == null ? 0 : running.serverToClientBytes();
    }

    private SessionEnd describe(TerminationCause cause) {
        return new SessionEnd(
                frontend.config().name(),
                upstream == null ? null : upstream.backend().name(),
                serverName,
                addresses.source(),
                cause,
                toServerBytes(),
                toClientBytes(),
                times.queueNanos(),
                times.connectNanos(),
                times.totalNanos(),
                retries());
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.peers.PeerState;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the parts of a proxy: event loops, listeners, checks, sessions. */
final class Engine {
    private static final Logger LOGGER = LoggerFactory.getLogger(Engine.class);

    /** More would compete with the loops. */
    private static final int MOST_TLS_THREADS = 4;

    private enum State {
        NEW,
        STARTED,
        CLOSED
    }

    private final Transport transport;
    private final Duration drainTimeout;
    private final Parts parts;
    private final ServerAddresses addresses;
    private final SafeObserver observer;
    private final ProxyThreads threads = new ProxyThreads();
    private final Counters counters;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Loops loops;
    private final ByteBudget budget;
    private final Listeners listeners;
    private final Draining draining;
    private final Duration leaveTimeout;
    private final UdpListeners udp;
    private final PeerLoops peerLoops;
    private final TlsStore tls;
    private final Session.SessionEnds sessionEnds = this::onEnd;

    private State state = State.NEW;
    private @Nullable ProxyConfig current;
    private boolean limitedByDescriptors;
    private @Nullable ScheduledExecutorService resolver;
    private @Nullable Upkeep upkeep;
    private @Nullable NameResolution nameResolution;
    private volatile @Nullable CountDownLatch drained;

    Engine(
            Transport transport,
            int loopCount,
            Duration drainTimeout,
            Duration leaveTimeout,
            @Nullable Duration closeSpread,
            long byteBudget,
            Parts parts,
            ServerAddresses addresses,
            SafeObserver observer,
            Counters counters,
            UdpCounters udpCounters,
            TlsProvider tlsProvider) {
        this.transport = transport;
        loops = new Loops(transport, loopCount, threads.factory("evenkeel-lb", false));
        List<LoopContext> contexts = loops.contexts();
        this.drainTimeout = drainTimeout;
        this.leaveTimeout = leaveTimeout;
        draining = new Draining(contexts, closeSpread);
        this.parts = parts;
        this.addresses = addresses;
        this.observer = observer;
        peerLoops = new PeerLoops(observer, threads.factory("evenkeel-lb-redis", true));
        this.counters = counters;
        budget = new ByteBudget(byteBudget, contexts);
        tls = new TlsStore(tlsProvider, allocator, Math.min(loopCount, MOST_TLS_THREADS));
        listeners = new Listeners(contexts, this::newSession, counters);
        udp =
                new UdpListeners(
                        new UdpLoops(
                                contexts,
                                transport,
                                allocator,
                                threads.factory("evenkeel-lb-udp", false)),
                        udpCounters);
    }

    /** Those for which most of what is below waits. */
    ProxyThreads threads() {
        return threads;
    }

    /** If that fails, nothing is left of it. */
    synchronized void start(ProxyConfig config) throws ProxyStartException {
        if (state != State.NEW) {
            throw new IllegalStateException(
                    "This proxy was started before; build another one to start again.");
        }
        state = State.CLOSED;
        SocketAbilities.require(transport, config.backends());
        try {
            tls.swap(load(config));
            loops.start(allocator, budget, new DescriptorShortage(observer), tls);
            startParts(config);
        } catch (Throwable e) {
            stop(Duration.ZERO);
            throw e;
        }
        state = State.STARTED;
    }

    private void startParts(ProxyConfig config) throws ProxyStartException {
        current = config;
        List<LoopContext> contexts = loops.contexts();
        ScheduledExecutorService names =
                Executors.newSingleThreadScheduledExecutor(
                        threads.factory("evenkeel-lb-names", true));
        resolver = names;
        Upkeep started = new Upkeep(contexts, addresses, names, observer, allocator);
        upkeep = started;
        started.find(config.backends());
        NameResolution resolution = new NameResolution(loops.first(), transport, allocator);
        nameResolution = resolution;
        resolution.prepare(config, parts.upstreams());
        resolution.follow(config.resolvers(), parts.upstreams());
        started.follow(parts.upstreams(), parts.stickies().tables());
        udp.configure(config.udpFrontends(), parts::upstream);
    }

    private Upkeep requireStarted() {
        if (state != State.STARTED) {
            throw new IllegalStateException(
                    state == State.NEW
                            ? "This proxy is not started; call start() first."
                            : "This proxy is closed; build another one.");
        }
        return Objects.requireNonNull(upkeep);
    }

    private TlsStore.Loaded load(ProxyConfig config) throws ProxyStartException {
        try {
            return tls.load(config);
        } catch (TlsFileException e) {
            throw new ProxyStartException(e.getMessage(), e);
        }
    }

    /** Reads the files of the certificates again. */
    synchronized void reloadCertificates() throws ProxyStartException {
        Upkeep running = requireStarted();
        TlsStore.Loaded before = tls.swap(load(Objects.requireNonNull(current)));
        running.follow(parts.upstreams(), parts.stickies().tables());
        releaseLater(before);
    }

    /** Once no loop can be about to use them. */
    private void releaseLater(TlsStore.Loaded unused) {
        loops.awaitTurns();
        unused.release();
    }

    /** Listens for peers and connects to them, as it is configured now, which may be otherwise than at the start. */
    synchronized void followPeers() throws ProxyStartException {
        requireStarted();
        peerLoops.follow(
                Objects.requireNonNull(current).peers(),
                parts.stickies(),
                loops.first(),
                Objects.requireNonNull(resolver));
    }

    synchronized void slowChecks(int factor) {
        requireStarted().slowChecks(factor);
    }

    List<PeerState> peerStates() {
        return peerLoops.states();
    }

    synchronized void startListening() throws ProxyStartException {
        requireStarted();
        limitByDescriptors();
        listeners.open(parts.frontends());
        try {
            udp.open();
        } catch (Throwable e) {
            stopListening();
            throw e;
        }
    }

    UdpListeners udp() {
        return udp;
    }

    /** All or nothing, but for a listener that could be opened and not be used. */
    synchronized void apply(ProxyConfig next) throws ProxyStartException {
        Upkeep running = requireStarted();
        NameResolution resolution = Objects.requireNonNull(nameResolution);
        Parts.check(next);
        UdpListeners.Change udpChange = null;
        Listeners.Change change;
        TlsStore.Loaded certificates;
        try {
            SocketAbilities.require(transport, next.backends());
            certificates = load(next);
            try {
                // First, for it may take seconds: nobody reads yet what comes to a socket that is
                // bound, though it would come to one of all addresses without it.
                resolution.prepare(next, parts.upstreams());
                udpChange = udp.prepare(next.udpFrontends());
                change = listeners.prepare(next.frontends());
            } catch (Throwable e) {
                resolution.goBack();
                UdpListeners.abandon(udpChange);
                certificates.release();
                throw e;
            }
        } catch (ProxyStartException e) {
            throw new ProxyStartException("Nothing was changed: " + e.getMessage(), e);
        }
        // Those that only the old configuration has are needed until nobody goes by it.
        TlsStore.Loaded unused = tls.loaded();
        tls.swap(certificates.over(unused));
        boolean otherTimeouts =
                IdleTimeouts.differ(Objects.requireNonNull(current, "current"), next);
        current = next;
        List<Object> before = everything();
        running.find(next.backends());
        parts.update(next);
        resolution.follow(next.resolvers(), parts.upstreams());
        running.follow(parts.upstreams(), parts.stickies().tables());
        try {
            try {
                try {
                    listeners.complete(change, parts.frontends());
                } finally {
                    udp.apply(udpChange, next.udpFrontends(), parts::upstream);
                }
            } finally {
                loops.awaitClosed();
                loops.awaitTurns();
                releaseLater(tls.replace(certificates, unused));
                drain(new Leaving(before, everything()));
                if (otherTimeouts) {
                    loops.contexts().forEach(LoopContext::lookAtTimeouts);
                }
                followPeers();
            }
        } catch (ProxyStartException e) {
            throw new ProxyStartException(
                    "All else of the new configuration is in effect: " + e.getMessage(), e);
        }
    }

    /** Frontends, backends, servers and what accepts. */
    private List<Object> everything() {
        List<Object> all = new ArrayList<>(parts.frontends());
        all.addAll(listeners.acceptors());
        for (Upstream upstream : parts.upstreams()) {
            all.add(upstream);
            all.addAll(upstream.backend().servers());
        }
        return all;
    }

    private void drain(Leaving leaving) {
        if (!leaveTimeout.isZero() && !leaving.isEmpty()) {
            draining.begin(leaving::has, leaveTimeout, TerminationCause.REMOVED);
        }
    }

    /** Where nobody says how many connections there may be: what is above it waits, rather than being reset. */
    private void limitByDescriptors() {
        if (!limitedByDescriptors) {
            limitedByDescriptors = true;
            int servers =
                    parts.upstreams().stream()
                            .mapToInt(upstream -> upstream.backend().servers().size())
                            .sum();
            parts.limits().setByDescriptors(DescriptorLimit.connections(transport, servers));
        }
    }

    private Session newSession(LoopContext context, Frontend frontend, Acceptor acceptor) {
        return new Session(context, frontend, acceptor, sessionEnds);
    }

    private void onEnd(SessionEnd end) {
        long left = counters.ended(end);
        observer.onSessionEnd(end);
        CountDownLatch latch = drained;
        if (left == 0 && latch != null) {
            latch.countDown();
        }
    }

    synchronized void stopListening() {
        listeners.close();
        udp.close();
        loops.awaitClosed();
    }

    void close() {
        close(drainTimeout);
    }

    synchronized void close(Duration drain) {
        boolean started = state == State.STARTED;
        state = State.CLOSED;
        if (started) {
            stop(drain);
        }
    }

    private void stop(Duration drain) {
        if (!loops.contexts().isEmpty()) {
            step(listeners::close);
            step(udp::close);
            step(loops::awaitClosed);
            step(() -> draining.begin(session -> true, drain, TerminationCause.SHUTDOWN));
            step(() -> awaitDrained(drain));
            step(() -> peerLoops.close(loops.first()));
            loops.onEach(this::stop);
            step(loops::awaitDeregistered);
        }
        step(loops::shutDown);
        step(udp::release);
        step(tls::close);
        if (resolver != null) {
            resolver.shutdownNow();
        }
    }

    private void stop(LoopContext context) {
        Upkeep running = upkeep;
        if (running != null) {
            step(() -> running.stop(context));
        }
        NameResolution resolution = nameResolution;
        if (resolution != null && context == loops.first()) {
            step(resolution::stop);
        }
        context.sessions().forEach(session -> session.abort(TerminationCause.SHUTDOWN));
        step(context.chunks()::close);
        step(context.spare()::close);
    }

    /** What comes after it is done whatever becomes of it. */
    private static void step(Runnable part) {
        try {
            part.run();
        } catch (Throwable e) {
            LOGGER.warn("A step of stopping a proxy failed; the rest is done.", e);
        }
    }

    private void awaitDrained(Duration drain) {
        CountDownLatch latch = new CountDownLatch(1);
        drained = latch;
        if (counters.active() == 0) {
            return;
        }
        try {
            if (!latch.await(drain.toNanos(), TimeUnit.NANOSECONDS)) {
                LOGGER.info(
                        "{} sessions are reset after draining for {} ms.",
                        counters.active(),
                        drain.toMillis());
            }
        } catch (InterruptedException e) {
            // Whoever interrupts a close wants it to be over: the sessions that are left are reset
            // now.
            Thread.currentThread().interrupt();
        }
    }

    long heldBytes() {
        return budget.heldBytes();
    }

    long usedDirectMemory() {
        return allocator.metric().usedDirectMemory();
    }
}

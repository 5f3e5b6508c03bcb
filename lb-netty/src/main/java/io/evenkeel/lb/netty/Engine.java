package io.evenkeel.lb.netty;

import io.evenkeel.lb.OutlierConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.StickTable;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

    private enum State {
        NEW,
        STARTED,
        CLOSED
    }

    private final Transport transport;
    private final int loopCount;
    private final Duration drainTimeout;
    private final List<Frontend> frontends;
    private final List<Upstream> upstreams;
    private final List<StickTable> stickTables;
    private final ServerAddresses addresses;
    private final SafeObserver observer;
    private final Counters counters;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final List<LoopContext> contexts = new ArrayList<>();

    private State state = State.NEW;
    private @Nullable MultiThreadIoEventLoopGroup group;
    private @Nullable ScheduledExecutorService resolver;
    private @Nullable Checks checks;
    private volatile @Nullable CountDownLatch drained;

    Engine(
            Transport transport,
            int loopCount,
            Duration drainTimeout,
            List<Frontend> frontends,
            List<Upstream> upstreams,
            List<StickTable> stickTables,
            ServerAddresses addresses,
            SafeObserver observer,
            Counters counters) {
        this.transport = transport;
        this.loopCount = loopCount;
        this.drainTimeout = drainTimeout;
        this.frontends = frontends;
        this.upstreams = upstreams;
        this.stickTables = stickTables;
        this.addresses = addresses;
        this.observer = observer;
        this.counters = counters;
    }

    synchronized void start() {
        if (state != State.NEW) {
            throw new IllegalStateException(
                    "This proxy was started before; build another one to start again.");
        }
        state = State.STARTED;
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(
                        loopCount,
                        new DefaultThreadFactory("evenkeel-lb"),
                        transport.ioHandlerFactory());
        group = loops;
        for (EventExecutor loop : loops) {
            contexts.add(new LoopContext((IoEventLoop) loop, transport, allocator));
        }
        ScheduledExecutorService names =
                Executors.newSingleThreadScheduledExecutor(
                        new DefaultThreadFactory("evenkeel-lb-names", true));
        resolver = names;
        for (Upstream upstream : upstreams) {
            new BackendTimer(upstream.backend(), contexts.get(0).loop());
            upstream.backend().addObserver(observer);
        }
        for (StickTable table : stickTables) {
            IoEventLoop loop = contexts.get(0).loop();
            loop.execute(new StickTableTimer(table, loop)::run);
        }
        Checks started = new Checks(contexts, upstreams, addresses, allocator);
        checks = started;
        for (Upstream upstream : upstreams) {
            SessionResets.watch(contexts, upstream.backend());
            OutlierConfig outliers = upstream.backend().config().outliers();
            if (outliers != null) {
                OutlierWatch watch =
                        new OutlierWatch(contexts.get(0), upstream.backend(), outliers);
                upstream.watchOutliers(watch);
                watch.start();
            }
        }
        ServerTrackers.wire(contexts.get(0), upstreams);
        addresses.start(hosts(), names);
        started.start();
    }

    /** Every host, and how many of its addresses servers have by their number. */
    private Map<String, Integer> hosts() {
        Map<String, Integer> hosts = new LinkedHashMap<>();
        for (Upstream upstream : upstreams) {
            for (ServerConfig server : upstream.backend().config().servers()) {
                hosts.merge(server.host(), server.addressNumber(), Math::max);
            }
        }
        Checks.hosts(upstreams).forEach(host -> hosts.putIfAbsent(host, 0));
        return hosts;
    }

    synchronized void startListening() throws ProxyStartException {
        if (state != State.STARTED) {
            throw new IllegalStateException(
                    state == State.NEW
                            ? "This proxy is not started; call start() first."
                            : "This proxy is closed; build another one.");
        }
        List<Frontend> opened = new ArrayList<>();
        try {
            for (Frontend frontend : frontends) {
                if (frontend.acceptors().isEmpty()) {
                    opened.add(frontend);
                    Listening.open(frontend, contexts, this::newSession, counters);
                }
            }
        } catch (ProxyStartException | RuntimeException e) {
            opened.forEach(this::stopListening);
            throw e;
        }
    }

    private Session newSession(LoopContext context, Frontend frontend) {
        return new Session(context, frontend, this::onEnd);
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
        frontends.forEach(this::stopListening);
    }

    private void stopListening(Frontend frontend) {
        for (Acceptor acceptor : frontend.acceptors()) {
            onLoop(
                    acceptor.context(),
                    () -> {
                        acceptor.close();
                        return null;
                    });
        }
        if (transport == Transport.NIO && !frontend.acceptors().isEmpty()) {
            awaitNextSelect();
        }
        frontend.acceptors().clear();
    }

    /** The JDK closes a registered socket only when its selector has run once more. */
    private void awaitNextSelect() {
        for (LoopContext context : contexts) {
            context.loop().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
    }

    void close() {
        close(drainTimeout);
    }

    synchronized void close(Duration drain) {
        boolean started = state == State.STARTED;
        state = State.CLOSED;
        MultiThreadIoEventLoopGroup loops = group;
        if (!started || loops == null) {
            return;
        }
        stopListening();
        awaitDrained(drain);
        for (LoopContext context : contexts) {
            onLoop(
                    context,
                    () -> {
                        if (checks != null) {
                            checks.stop(context);
                        }
                        context.sessions()
                                .forEach(session -> session.abort(TerminationCause.SHUTDOWN));
                        context.chunks().close();
                        return null;
                    });
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        if (resolver != null) {
            resolver.shutdownNow();
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
                        "{} sessions are reset after draining for {}.", counters.active(), drain);
            }
        } catch (InterruptedException e) {
            // Whoever interrupts a close wants it to be over: the sessions that are left are reset
            // now.
            Thread.currentThread().interrupt();
        }
    }

    private static void onLoop(LoopContext context, Callable<@Nullable Void> task) {
        Future<?> done = context.loop().submit(task).awaitUninterruptibly();
        if (!done.isSuccess()) {
            LOGGER.warn("A step of stopping a proxy failed; the rest is done.", done.cause());
        }
    }

    long usedDirectMemory() {
        return allocator.metric().usedDirectMemory();
    }
}

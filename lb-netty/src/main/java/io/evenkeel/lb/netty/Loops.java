package io.evenkeel.lb.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of a proxy. Started and stopped by one thread at a time, which is none of the loops'. */
final class Loops {
    private static final Logger LOGGER = LoggerFactory.getLogger(Loops.class);

    /** A socket that needs longer than this to close is left to the end of its loop. */
    private static final Duration LONGEST_DEREGISTRATION = Duration.ofSeconds(1);

    private final Transport transport;
    private final int count;
    private final ThreadFactory threads;
    private final List<LoopContext> contexts = new ArrayList<>();
    private @Nullable MultiThreadIoEventLoopGroup group;

    Loops(Transport transport, int count, ThreadFactory threads) {
        this.transport = transport;
        this.count = count;
        this.threads = threads;
    }

    /** Of each loop; none before the start. */
    List<LoopContext> contexts() {
        return contexts;
    }

    /** The one that has what is needed once only. */
    LoopContext first() {
        return contexts.get(0);
    }

    /**
     * Makes them.
     *
     * @throws ProxyStartException if not all could be made; {@link #shutDown} ends those that were
     */
    void start(
            ByteBufAllocator allocator,
            ByteBudget budget,
            DescriptorShortage shortage,
            TlsStore tls)
            throws ProxyStartException {
        try {
            make(allocator, budget, shortage, tls);
        } catch (RuntimeException | OutOfMemoryError e) {
            // The JVM says of threads what it says of memory.
            Throwable root = e.getCause() == null ? e : e.getCause();
            throw new ProxyStartException(
                    "The event loops could not be started, of which there are to be "
                            + count
                            + ": "
                            + root.getMessage()
                            + ". Raise the limits of threads and descriptors (TasksMax and LimitNOFILE,"
                            + " ulimit -u and -n), or have fewer loops (nbthread, eventLoops).",
                    e);
        }
    }

    private void make(
            ByteBufAllocator allocator,
            ByteBudget budget,
            DescriptorShortage shortage,
            TlsStore tls) {
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(count, threads, transport.ioHandlerFactory());
        group = loops;
        for (EventExecutor loop : loops) {
            LoopContext context =
                    new LoopContext(
                            (IoEventLoop) loop, transport, allocator, budget, shortage, tls);
            contexts.add(context);
            loop.execute(context.spare()::prepare);
        }
    }

    /** Has each loop do it, one after the other, and waits for them. */
    void onEach(Consumer<LoopContext> task) {
        for (LoopContext context : contexts) {
            try {
                context.loop().submit(() -> task.accept(context)).syncUninterruptibly();
            } catch (Throwable e) {
                LOGGER.warn("A step of an event loop failed; the others take it.", e);
            }
        }
    }

    /** Until each loop has done what it had to do, such as to start the sessions that another loop had accepted. */
    void awaitTurns() {
        onEach(context -> {});
    }

    /** Until sockets that were closed are: the JDK's selector and io_uring let go of one only when they have run once more. */
    void awaitClosed() {
        if (transport != Transport.EPOLL) {
            contexts.forEach(Loops::awaitMoment);
        }
    }

    /**
     * Until no loop has a socket any more: a check that ends its connection while a loop stops would keep its memory, that of OpenSSL for
     * example, until the next garbage collection or for ever.
     */
    void awaitDeregistered() {
        long deadlineNanos = System.nanoTime() + LONGEST_DEREGISTRATION.toNanos();
        for (LoopContext context : contexts) {
            SingleThreadEventLoop loop = (SingleThreadEventLoop) context.loop();
            while (loop.registeredChannels() > 0 && System.nanoTime() < deadlineNanos) {
                awaitMoment(context);
            }
        }
    }

    private static void awaitMoment(LoopContext context) {
        context.loop().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    /** Ends the loops; nothing happens if they were not started. */
    void shutDown() {
        MultiThreadIoEventLoopGroup loops = group;
        if (loops == null) {
            return;
        }
        contexts.forEach(context -> requestEnd(context.loop()));
        contexts.forEach(context -> context.loop().terminationFuture().awaitUninterruptibly());
        // One that has no thread yet gets one to end on, for which there may be room only now.
        for (EventExecutor loop : loops) {
            requestEnd(loop);
            loop.terminationFuture().awaitUninterruptibly();
        }
    }

    private static void requestEnd(EventExecutor loop) {
        try {
            loop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        } catch (Throwable e) {
            LOGGER.warn("An event loop could not be ended in order; it has ended all the same.", e);
        }
    }
}

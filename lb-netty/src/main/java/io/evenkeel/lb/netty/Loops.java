package io.evenkeel.lb.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final List<LoopContext> contexts = new ArrayList<>();
    private @Nullable MultiThreadIoEventLoopGroup group;

    Loops(Transport transport, int count) {
        this.transport = transport;
        this.count = count;
    }

    /** Of each loop; none before the start. */
    List<LoopContext> contexts() {
        return contexts;
    }

    /** The one that has what is needed once only. */
    LoopContext first() {
        return contexts.get(0);
    }

    void start(
            ByteBufAllocator allocator,
            ByteBudget budget,
            DescriptorShortage shortage,
            TlsStore tls) {
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(
                        count,
                        new DefaultThreadFactory("evenkeel-lb"),
                        transport.ioHandlerFactory());
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
            Future<?> done =
                    context.loop().submit(() -> task.accept(context)).awaitUninterruptibly();
            if (!done.isSuccess()) {
                LOGGER.warn("A step of stopping a proxy failed; the rest is done.", done.cause());
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
        if (loops != null) {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}

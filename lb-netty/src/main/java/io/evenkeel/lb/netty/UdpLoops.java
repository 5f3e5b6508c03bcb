package io.evenkeel.lb.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of datagrams, made when they are needed: those of connections, but as many of their own with epoll where connections have
 * io_uring. Epoll alone receives several datagrams at once and tells to which address they were sent. Used by one thread at a time.
 */
final class UdpLoops {
    private final List<LoopContext> contexts;
    private final Transport ofConnections;
    private final ByteBufAllocator allocator;
    private final ThreadFactory threads;
    private final List<UdpLoop> loops = new ArrayList<>();
    private @Nullable MultiThreadIoEventLoopGroup own;

    /**
     * @param contexts those of connections; filled in before any is asked for
     * @param threads for loops of their own
     */
    UdpLoops(
            List<LoopContext> contexts,
            Transport ofConnections,
            ByteBufAllocator allocator,
            ThreadFactory threads) {
        this.threads = threads;
        this.contexts = contexts;
        this.ofConnections = ofConnections;
        this.allocator = allocator;
    }

    Transport transport() {
        if (ofConnections != Transport.IO_URING) {
            return ofConnections;
        }
        return Epoll.isAvailable() ? Transport.EPOLL : Transport.NIO;
    }

    List<UdpLoop> all() {
        if (loops.isEmpty()) {
            if (transport() == ofConnections) {
                contexts.forEach(context -> add(context.loop()));
            } else {
                MultiThreadIoEventLoopGroup made =
                        new MultiThreadIoEventLoopGroup(
                                contexts.size(), threads, transport().ioHandlerFactory());
                own = made;
                for (EventExecutor loop : made) {
                    add((IoEventLoop) loop);
                }
            }
        }
        return loops;
    }

    private void add(IoEventLoop loop) {
        loops.add(new UdpLoop(loop, transport(), allocator));
    }

    /** Ends the loops that are nobody else's, and gives the memory back; the others have ended already. */
    void close() {
        MultiThreadIoEventLoopGroup ending = own;
        if (ending != null) {
            ending.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
            own = null;
        }
        loops.forEach(UdpLoop::close);
        loops.clear();
    }
}

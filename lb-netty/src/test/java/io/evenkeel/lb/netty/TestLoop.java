package io.evenkeel.lb.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** An event loop without a proxy, and what its sessions share. */
final class TestLoop implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, Transport.NIO.ioHandlerFactory());
    private final LoopContext context;

    TestLoop() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
        List<LoopContext> contexts = new ArrayList<>();
        context =
                new LoopContext(
                        group.next(),
                        Transport.NIO,
                        allocator,
                        new ByteBudget(Long.MAX_VALUE, contexts),
                        new DescriptorShortage(new SafeObserver(ProxyObserver.NONE)),
                        new TlsStore(TlsProvider.JDK, allocator, 1));
        contexts.add(context);
    }

    LoopContext context() {
        return context;
    }

    /** Does it on the loop, and waits for that. */
    <T> T call(Callable<T> step) throws Exception {
        return context.loop().submit(step).get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        context.loop().submit(context.chunks()::close).syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}

package io.evenkeel.lb.netty.redis;

import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.IOUringProvider;
import io.lettuce.core.resource.Transports;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutorGroup;

/**
 * The event loops of Lettuce. Where Netty's io_uring and epoll are both on the class path, Lettuce 7.1 takes the sockets of the one and
 * the loops of the other, which do not go together: here they are of one kind.
 */
final class RedisEventLoops extends DefaultEventLoopGroupProvider {
    RedisEventLoops(int threads) {
        super(threads);
    }

    @Override
    protected <T extends EventLoopGroup> EventExecutorGroup doCreateEventLoopGroup(
            Class<T> type, int threads, io.lettuce.core.resource.ThreadFactoryProvider factories) {
        boolean ioUring =
                IOUringProvider.isAvailable()
                        && Transports.socketChannelClass()
                                .equals(IOUringProvider.getResources().socketChannelClass());
        return ioUring && IOUringProvider.getResources().matches(type)
                ? IOUringProvider.getResources()
                        .newEventLoopGroup(
                                threads, factories.getThreadFactory("evenkeel-lb-redis-io"))
                : super.doCreateEventLoopGroup(type, threads, factories);
    }
}

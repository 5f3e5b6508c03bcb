/** A TCP and UDP proxy on Netty's native epoll and io_uring transports. */
module io.evenkeel.lb.netty {
    requires transitive io.evenkeel.lb;
    requires io.netty.buffer;
    requires io.netty.codec.dns;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver.dns;
    requires io.netty.resolver;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.unix.common;
    requires java.naming;
    requires org.slf4j;
    requires static lettuce.core;
    requires static org.jspecify;

    exports io.evenkeel.lb.netty;
}

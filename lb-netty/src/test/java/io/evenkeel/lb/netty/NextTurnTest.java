package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NextTurnTest {
    private static final int STEPS = 20;

    private MultiThreadIoEventLoopGroup group;
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private IoEventLoop loop(Transport transport) {
        group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
        return group.next();
    }

    @ParameterizedTest
    @EnumSource
    void whoAlwaysHasMoreToDoLetsTheSocketsHaveTheirTurn(Transport transport) throws Exception {
        IoEventLoop loop = loop(transport);
        NextTurn next = new NextTurn(loop);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel reader = reader(transport, loop, listener.getLocalPort());
            try (Socket peer = listener.accept()) {
                loop.submit(() -> goOn(next, peer)).sync();
                Await.until("all steps", () -> loop.submit(() -> steps() == STEPS).get());
                assertTrue(log.indexOf("socket") > 0, log::toString);
                assertTrue(log.indexOf("socket") < log.size() - 1, log::toString);
            }
            reader.close().sync();
        }
    }

    /** Has more to do as long as it is asked, and at first something for the socket to read. */
    private void goOn(NextTurn next, Socket peer) {
        if (log.isEmpty()) {
            try {
                peer.getOutputStream().write('x');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        log.add("step");
        if (steps() < STEPS) {
            next.add(() -> goOn(next, peer));
        }
    }

    private long steps() {
        return log.stream().filter("step"::equals).count();
    }

    private Channel reader(Transport transport, IoEventLoop loop, int port) throws Exception {
        return new Bootstrap()
                .group(loop)
                .channel(transport.channelType())
                .handler(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object bytes) {
                                ReferenceCountUtil.release(bytes);
                                log.add("socket");
                            }
                        })
                .connect(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
    }

    @ParameterizedTest
    @EnumSource
    void allThatWaitHaveATurnInTheirOrder(Transport transport) throws Exception {
        IoEventLoop loop = loop(transport);
        NextTurn next = new NextTurn(loop);
        loop.submit(
                        () -> {
                            next.add(
                                    () -> {
                                        log.add("a");
                                        next.add(() -> log.add("again"));
                                        throw new IllegalStateException("of the test");
                                    });
                            next.add(() -> log.add("b"));
                        })
                .sync();
        Await.until("three steps", () -> loop.submit(() -> log.size() == 3).get());
        assertEquals(List.of("a", "b", "again"), log);
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Netty hands on events by the descriptor's number. */
class EpollReadinessTest {
    private final List<Integer> events = new ArrayList<>();
    private MultiThreadIoEventLoopGroup group;
    private IoEventLoop loop;
    private ServerSocket listener;

    @BeforeEach
    void start() throws Exception {
        group = new MultiThreadIoEventLoopGroup(1, Transport.EPOLL.ioHandlerFactory());
        loop = group.next();
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        listener.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Socket connected() throws IOException {
        Socket socket = Socket.newSocketStream();
        socket.connect(new InetSocketAddress("127.0.0.1", listener.getLocalPort()));
        while (!socket.finishConnect()) {
            Thread.onSpinWait();
        }
        return socket;
    }

    /** In place of a session, which ends both of its sockets when one has failed. */
    private final class Exchange implements Readiness.Listener {
        final EpollReadiness ended;
        final CountDownLatch done = new CountDownLatch(1);
        @Nullable EpollReadiness next;
        @Nullable Socket socket;

        Exchange(EpollReadiness ended) {
            this.ended = ended;
        }

        @Override
        public void onReadiness(int ready) {
            if (socket != null) {
                return;
            }
            int number = ended.fd().intValue();
            ended.closeSocket("a socket of the test");
            try {
                socket = connected();
                assertEquals(number, socket.intValue(), "the kernel gives the lowest number");
                next = new EpollReadiness(loop, socket, events::add);
                next.start(false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                done.countDown();
            }
        }
    }

    @Test
    void whatWasTrueOfAClosedSocketIsNotToldOfTheNextOneWithItsNumber() throws Exception {
        Socket first = connected();
        java.net.Socket firstPeer = listener.accept();
        Socket second = connected();
        java.net.Socket secondPeer = listener.accept();
        CountDownLatch registered = new CountDownLatch(1);
        CountDownLatch bothReady = new CountDownLatch(1);
        EpollReadiness ofSecond =
                new EpollReadiness(
                        loop,
                        second,
                        ready -> {
                            throw new AssertionError("It was closed before.");
                        });
        Exchange exchange = new Exchange(ofSecond);
        EpollReadiness ofFirst = new EpollReadiness(loop, first, exchange);
        loop.submit(
                        () -> {
                            ofFirst.start(false);
                            ofSecond.start(false);
                            return null;
                        })
                .sync();
        loop.submit(
                () -> {
                    registered.countDown();
                    return bothReady.await(10, TimeUnit.SECONDS);
                });
        registered.await();
        // The loop hears of both at once, in this order.
        firstPeer.getOutputStream().write('x');
        secondPeer.setSoLinger(true, 0);
        secondPeer.close();
        bothReady.countDown();
        exchange.done.await();
        java.net.Socket thirdPeer = listener.accept();
        loop.submit(() -> {}).sync();
        assertEquals(List.of(), loop.submit(() -> List.copyOf(events)).get());
        thirdPeer.getOutputStream().write('x');
        Await.until(
                "what is true of it is told",
                () -> loop.submit(() -> events.equals(List.of(Readiness.IN))).get());
        loop.submit(
                        () -> {
                            ofFirst.closeSocket("a socket of the test");
                            if (exchange.next != null) {
                                exchange.next.closeSocket("a socket of the test");
                            }
                        })
                .sync();
        firstPeer.close();
        thirdPeer.close();
    }
}

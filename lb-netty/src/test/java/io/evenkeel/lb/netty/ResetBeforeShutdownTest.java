package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One side ends in the same moment in which the other resets: the end is to be sent on a connection
 * that is gone. Whatever the transport says then, it has to be an IOException: anything else escapes
 * from the session to the event loop.
 */
class ResetBeforeShutdownTest {
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "EPOLL")
    void sendingTheEndOnAResetConnectionIsAnIOException(Transport transport) throws Exception {
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            IoEventLoop loop = group.next();
            BlockingQueue<String> events = new LinkedBlockingQueue<>();
            AtomicReference<StreamSocket> opened = new AtomicReference<>();
            loop.submit(
                            () -> {
                                StreamSocket socket =
                                        transport.newSocket(
                                                loop,
                                                (InetSocketAddress) server.getLocalSocketAddress(),
                                                new Recorder(events));
                                opened.set(socket);
                                socket.connect((InetSocketAddress) server.getLocalSocketAddress());
                                return null;
                            })
                    .get();
            try (Socket peer = server.accept()) {
                assertEquals("connected", events.poll(10, TimeUnit.SECONDS));
                peer.setSoLinger(true, 0);
            }
            await(events, "hung up");
            StreamSocket socket = opened.get();
            assertNotNull(socket);

            assertThrows(
                    IOException.class,
                    () -> {
                        try {
                            loop.submit(
                                            () -> {
                                                socket.shutdownOutput();
                                                return null;
                                            })
                                    .get();
                        } catch (ExecutionException e) {
                            throw e.getCause();
                        } finally {
                            loop.submit(() -> socket.close()).get();
                        }
                    });
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        }
    }

    private static void await(BlockingQueue<String> events, String wanted) throws Exception {
        String event = events.poll(10, TimeUnit.SECONDS);
        while (event != null && !event.equals(wanted)) {
            event = events.poll(10, TimeUnit.SECONDS);
        }
        assertEquals(wanted, event, "the reset was not noticed");
    }

    private record Recorder(BlockingQueue<String> events) implements StreamSocket.Listener {
        @Override
        public void onConnected(StreamSocket socket, @Nullable IOException failure) {
            events.add(failure == null ? "connected" : failure.toString());
        }

        @Override
        public void onReady(StreamSocket socket) {
            events.add(socket.hungUp() ? "hung up" : "ready");
        }

        @Override
        public void onBug(Throwable bug) {
            events.add("bug " + bug);
        }
    }
}

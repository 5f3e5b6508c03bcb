package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is posted waits for the end of the loop's turn, and a lot can happen to its socket until then. */
class PostedWriteTest {
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, Transport.IO_URING.ioHandlerFactory());
    private final IoEventLoop loop = group.next();
    private final Chunk chunk = new Chunk(UnpooledByteBufAllocator.DEFAULT);

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        chunk.free();
    }

    @Test
    void whatIsPostedGoesToItsOwnPeerAlthoughTheSocketIsClosedAndAnotherOpened() throws Exception {
        try (Peer peer = new Peer();
                Peer stranger = new Peer()) {
            StreamSocket socket = connect(peer);
            CompletableFuture<@Nullable IOException> posted = new CompletableFuture<>();
            StreamSocket next =
                    onLoop(
                            () -> {
                                fill("secret");
                                socket.post(chunk, (back, failure) -> posted.complete(failure));
                                socket.close();
                                // Would have the descriptor of the one that was closed.
                                return opening(stranger, new CompletableFuture<>());
                            });
            assertNull(posted.get(10, TimeUnit.SECONDS));
            assertFalse(chunk.bytes().hasRemaining());
            onLoop(
                    () -> {
                        next.close();
                        return next;
                    });
            assertEquals("secret", peer.readAll());
            assertEquals("", stranger.readAll());
        }
    }

    @Test
    void whatThePeerDoesNotTakeIsThePostersAgain() throws Exception {
        try (Peer peer = new Peer()) {
            StreamSocket socket = connect(peer);
            int left = 0;
            for (int i = 0; i < 1000 && left == 0; i++) {
                CompletableFuture<@Nullable IOException> posted = new CompletableFuture<>();
                onLoop(
                        () -> {
                            chunk.bytes().clear();
                            socket.post(chunk, (back, failure) -> posted.complete(failure));
                            return socket;
                        });
                assertNull(posted.get(10, TimeUnit.SECONDS));
                left = chunk.bytes().remaining();
            }
            assertTrue(left > 0, "the kernel took all that it was given");
            assertFalse(onLoop(socket::writeReady));
            onLoop(
                    () -> {
                        socket.reset();
                        return socket;
                    });
        }
    }

    @Test
    void aBrokenConnectionIsAFailureOfThePost() throws Exception {
        try (Peer peer = new Peer()) {
            StreamSocket socket = connect(peer);
            peer.reset();
            Await.until("the reset has arrived", () -> onLoop(socket::failed));
            CompletableFuture<@Nullable IOException> posted = new CompletableFuture<>();
            onLoop(
                    () -> {
                        fill("late");
                        socket.post(chunk, (back, failure) -> posted.complete(failure));
                        return socket;
                    });
            assertTrue(posted.get(10, TimeUnit.SECONDS) instanceof IOException);
            assertEquals(4, chunk.bytes().remaining());
            onLoop(
                    () -> {
                        socket.close();
                        return socket;
                    });
        }
    }

    private void fill(String text) {
        chunk.bytes().clear().put(text.getBytes(StandardCharsets.US_ASCII)).flip();
    }

    private StreamSocket connect(Peer peer) throws Exception {
        CompletableFuture<StreamSocket> connected = new CompletableFuture<>();
        onLoop(() -> opening(peer, connected));
        StreamSocket socket = connected.get(10, TimeUnit.SECONDS);
        peer.accept();
        return socket;
    }

    private StreamSocket opening(Peer peer, CompletableFuture<StreamSocket> connected)
            throws IOException {
        StreamSocket.Listener listener =
                new StreamSocket.Listener() {
                    @Override
                    public void onConnected(StreamSocket socket, @Nullable IOException failure) {
                        connected.complete(socket);
                    }

                    @Override
                    public void onReady(StreamSocket socket) {
                        // Nothing is read here.
                    }

                    @Override
                    public void onBug(Throwable bug) {
                        connected.completeExceptionally(bug);
                    }
                };
        StreamSocket socket = Transport.IO_URING.newSocket(loop, peer.address(), listener);
        socket.connect(peer.address());
        return socket;
    }

    private <T> T onLoop(Callable<T> step) throws Exception {
        return loop.submit(step).get(10, TimeUnit.SECONDS);
    }

    /** The other end of one connection. */
    private static final class Peer implements AutoCloseable {
        private final ServerSocket listener =
                new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private @Nullable Socket accepted;

        Peer() throws IOException {
            listener.setSoTimeout(10_000);
        }

        InetSocketAddress address() {
            return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
        }

        Socket accept() throws IOException {
            Socket known = accepted;
            if (known == null) {
                known = listener.accept();
                known.setSoTimeout(10_000);
                accepted = known;
            }
            return known;
        }

        String readAll() throws IOException {
            return new String(accept().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }

        void reset() throws IOException {
            accept().setSoLinger(true, 0);
            accept().close();
        }

        @Override
        public void close() throws IOException {
            if (accepted != null) {
                accepted.close();
            }
            listener.close();
        }
    }
}

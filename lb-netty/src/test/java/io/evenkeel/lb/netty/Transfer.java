package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Sends random bytes through a proxy and compares their digests. */
final class Transfer {
    private Transfer() {}

    static void bothWaysAtOnce(Transport transport, long bytes) throws Exception {
        CompletableFuture<String> sentByServer = new CompletableFuture<>();
        CompletableFuture<String> receivedByServer = new CompletableFuture<>();
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    CompletableFuture<String> sent =
                                            async(() -> send(connection, bytes, 1));
                                    receivedByServer.complete(
                                            RandomStream.read(connection.getInputStream(), 2));
                                    sentByServer.complete(sent.join());
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port());
                Socket client = proxy.connect()) {
            CompletableFuture<String> sentByClient = async(() -> send(client, bytes, 3));
            String receivedByClient = RandomStream.read(client.getInputStream(), 4);

            assertEquals(sentByServer.join(), receivedByClient);
            assertEquals(sentByClient.join(), receivedByServer.join());
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.COMPLETED, end.cause());
            assertEquals(bytes, end.bytesToServer());
            assertEquals(bytes, end.bytesToClient());
        }
    }

    /** As many sessions at once share the bytes; each sends its part and gets as much. */
    static void bothWaysAtOnce(Transport transport, long bytes, int sessions) throws Exception {
        long each = bytes / sessions;
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    // The client says which of the sessions it is, in two bytes.
                                    int seed = connection.getInputStream().read() << 8;
                                    int known = seed | connection.getInputStream().read();
                                    CompletableFuture<String> sent =
                                            async(() -> send(connection, each, known));
                                    String received =
                                            RandomStream.read(connection.getInputStream(), known);
                                    assertEquals(digest(each, known + sessions), received);
                                    sent.join();
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port())) {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                int seed = i;
                clients.add(async(() -> exchange(proxy, each, seed, seed + sessions)));
            }
            clients.forEach(CompletableFuture::join);
            for (int i = 0; i < sessions; i++) {
                SessionEnd end = proxy.awaitEnd();
                assertEquals(TerminationCause.COMPLETED, end.cause());
                assertEquals(each + 2, end.bytesToServer());
                assertEquals(each, end.bytesToClient());
            }
        }
    }

    private static @Nullable Void exchange(ProxyFixture proxy, long bytes, int theirs, int ours)
            throws Exception {
        try (Socket client = proxy.connect()) {
            client.setSoTimeout(0);
            client.getOutputStream().write(new byte[] {(byte) (theirs >> 8), (byte) theirs});
            CompletableFuture<String> sent = async(() -> send(client, bytes, ours));
            assertEquals(digest(bytes, theirs), RandomStream.read(client.getInputStream(), ours));
            sent.join();
        }
        return null;
    }

    /** Of what is sent with that seed. */
    private static String digest(long bytes, long seed) throws IOException {
        return RandomStream.write(OutputStream.nullOutputStream(), bytes, seed);
    }

    private static String send(Socket socket, long bytes, long seed) throws Exception {
        String digest = RandomStream.write(socket.getOutputStream(), bytes, seed);
        socket.shutdownOutput();
        return digest;
    }

    private static <T> CompletableFuture<T> async(Callable<T> task) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return task.call();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                command -> {
                    Thread thread = new Thread(command);
                    thread.setDaemon(true);
                    thread.start();
                });
    }
}

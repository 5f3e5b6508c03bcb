package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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

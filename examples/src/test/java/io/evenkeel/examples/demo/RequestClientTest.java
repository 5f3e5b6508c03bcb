package io.evenkeel.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class RequestClientTest {
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONG = TimeUnit.SECONDS.toNanos(10);

    private final Journal journal = new Journal();

    @Test
    void theAnswerNamesTheServerAndTheNodeThatAskedIt() throws Exception {
        InetSocketAddress address = freeAddress();
        try (NamedServer server = server("server7", address)) {
            server.start();
            requesting(
                    address,
                    LONG,
                    () -> {
                        await(() -> journal.totalFrom("server7") >= 3);
                    });
        }
        assertEquals(journal.totalAnswers(), journal.totalThrough("node2"));
        assertEquals(0, journal.totalFailures());
    }

    @Test
    void aDeadServerRefusesAndAnswersAgainOnceItIsBack() throws Exception {
        InetSocketAddress address = freeAddress();
        try (NamedServer server = server("server1", address)) {
            server.start();
            requesting(
                    address,
                    LONG,
                    () -> {
                        await(() -> journal.totalAnswers() >= 3);
                        server.kill();
                        awaitRefusal(address);
                        long killed = System.nanoTime();
                        await(() -> journal.begunSince(killed).failures() >= 3);
                        assertEquals(0, journal.begunSince(killed).answers());
                        assertEquals(
                                Set.of("refused"), journal.begunSince(killed).byFailure().keySet());

                        server.start();
                        long back = System.nanoTime();
                        await(() -> journal.begunSince(back).answers() >= 3);
                    });
        }
    }

    @Test
    void aRequestThatIsNotAnsweredInTimeIsAFailure() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", silent.getLocalPort());
            requesting(address, SHORT, () -> await(() -> journal.totalFailures() >= 1));
            Window window = journal.window(0, System.nanoTime());
            assertEquals(Set.of("no answer in 100 ms"), window.byFailure().keySet());
        }
    }

    @Test
    void aServerThatNeverAnswersDoesNotKeepTheClientFromItsPace() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", silent.getLocalPort());
            // Less than a request waits for its answer: none waits for another.
            silent.setSoTimeout(8_000);
            requesting(
                    address,
                    LONG,
                    () -> {
                        for (int i = 0; i < 5; i++) {
                            silent.accept().close();
                        }
                    });
        }
    }

    @Test
    void anAnswerThatIsCutOffIsAFailure() throws Exception {
        try (ServerSocket liar = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answerHalf(liar));
            thread.start();
            requesting(
                    new InetSocketAddress("127.0.0.1", liar.getLocalPort()),
                    LONG,
                    () -> await(() -> journal.totalFailures() >= 1));
            assertEquals(
                    Set.of("cut off"), journal.window(0, System.nanoTime()).byFailure().keySet());
            thread.join();
        }
    }

    private static void answerHalf(ServerSocket listener) {
        try (var socket = listener.accept()) {
            // All of it: what is left unread would reset the connection.
            InputStream in = socket.getInputStream();
            String request = "";
            while (!request.endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException(request);
                }
                request += (char) next;
            }
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nserver1 no".getBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A server that is stopped may close its port a moment later. */
    private static void awaitRefusal(InetSocketAddress address) throws IOException {
        while (true) {
            try {
                new Socket(address.getAddress(), address.getPort()).close();
            } catch (ConnectException e) {
                return;
            }
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    private void requesting(InetSocketAddress address, long timeout, Body body) throws Exception {
        RequestClient client = new RequestClient(address, PACE, timeout, journal);
        try {
            body.run();
        } finally {
            client.close();
        }
    }

    private static NamedServer server(String name, InetSocketAddress address) {
        return new NamedServer(name, List.of(address), exchange -> "node2");
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        assertTrue(journal.await(condition, System.nanoTime() + TimeUnit.SECONDS.toNanos(10)));
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.9.8.7"))) {
            return new InetSocketAddress("127.9.8.7", socket.getLocalPort());
        }
    }
}

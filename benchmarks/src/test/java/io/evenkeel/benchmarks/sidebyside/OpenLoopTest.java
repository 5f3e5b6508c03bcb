package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static final int CONNECTIONS = 4;
    private static final double PER_SECOND = 1_000;
    private static final Duration LEAD = Duration.ofMillis(100);
    private static final Duration TIME = Duration.ofMillis(400);
    private static final long ANSWERS = 400;

    /** An answer in two parts, as it may come. */
    private static final List<String> PARTS =
            List.of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "hello");

    private ServerSocket server;
    private final AtomicLong firstNanos = new AtomicLong();
    private volatile Duration stall = Duration.ZERO;
    private volatile List<String> parts = PARTS;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(
                () -> {
                    while (true) {
                        Socket client = server.accept();
                        start(() -> answer(client));
                    }
                });
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                // The test is over.
                                return;
                            }
                        },
                        "open-loop-test");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(Socket client) throws IOException {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = client.getInputStream();
            while (in.readNBytes(HttpRequest.BYTES.length).length == HttpRequest.BYTES.length) {
                firstNanos.compareAndSet(0, System.nanoTime());
                long from = firstNanos.get() + stall.toNanos();
                for (long left = from - System.nanoTime();
                        left > 0;
                        left = from - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                for (String part : parts) {
                    client.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    private Histogram run() {
        InetSocketAddress target =
                new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        return OpenLoop.run(List.of(target), CONNECTIONS, PER_SECOND, LEAD, TIME);
    }

    @Test
    void everyRequestAfterTheLeadIsCounted() {
        assertEquals(ANSWERS, run().getTotalCount());
    }

    /**
     * The last request is due 500 ms after the first. A server that answers nothing in 700 ms makes each of them wait, though there are
     * but four connections: a client that sends when it got an answer would have had four slow ones.
     */
    @Test
    void requestsThatAreDueWhileTheServerStallsAreCountedFromThen() {
        stall = Duration.ofMillis(700);
        Histogram nanos = run();
        assertEquals(ANSWERS, nanos.getTotalCount());
        assertTrue(nanos.getMinValue() >= millis(199), () -> "least: " + nanos.getMinValue());
        assertTrue(nanos.getMaxValue() >= millis(599), () -> "most: " + nanos.getMaxValue());
    }

    /** The histogram's values are off by a thousandth. */
    private static long millis(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @Test
    void aWrongAnswerFails() {
        parts = List.of("HTTP/1.1 503 Service Unavailable\r\n\r\n".repeat(40));
        assertThrows(SideBySideException.class, this::run);
    }
}

package io.evenkeel.lb.netty;

import static java.io.OutputStream.nullOutputStream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackpressureTest {
    private static final int BLOCK = 1 << 20;

    /** What a session may hold, and a scratch buffer for each of the two loops. */
    private static final long BOUND = (2 + 2) * (long) Chunk.CAPACITY;

    @ParameterizedTest
    @EnumSource
    void aClientThatDoesNotReadStopsItsServerAndNobodyElse(Transport transport) throws Exception {
        AtomicLong written = new AtomicLong();
        long total = 64L * BLOCK;
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    if (connection.getInputStream().read() == 'x') {
                                        connection.getOutputStream().write('y');
                                        return;
                                    }
                                    for (long sent = 0; sent < total; sent += BLOCK) {
                                        connection.getOutputStream().write(new byte[BLOCK]);
                                        written.set(sent + BLOCK);
                                    }
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port());
                Socket slow = proxy.connect()) {
            slow.getOutputStream().write('s');
            Await.standstill(written::get);

            assertTrue(written.get() < total, "the server could write " + written);
            assertTrue(proxy.proxy().usedDirectMemory() <= BOUND);
            try (Socket other = proxy.connect()) {
                other.getOutputStream().write('x');
                assertEquals('y', other.getInputStream().read());
            }
            assertEquals(total, slow.getInputStream().transferTo(nullOutputStream()));
        }
    }

    /** More than a chunk is read at a time for a client that keeps up; nothing of that may be left when it stops. */
    @ParameterizedTest
    @EnumSource
    void aClientThatReadsFastAndThenStopsHasNoMoreHeldForIt(Transport transport) throws Exception {
        AtomicLong written = new AtomicLong();
        AtomicLong mostMemory = new AtomicLong();
        long total = 512L * BLOCK;
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().read();
                                    byte[] block = new byte[BLOCK];
                                    for (long sent = 0; sent < total; sent += BLOCK) {
                                        connection.getOutputStream().write(block);
                                        written.set(sent + BLOCK);
                                    }
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port());
                Socket client = proxy.connect()) {
            client.getOutputStream().write('s');
            byte[] into = new byte[BLOCK];
            long read = 0;
            while (read < total / 2) {
                read += client.getInputStream().read(into);
                long memory = proxy.proxy().usedDirectMemory();
                mostMemory.accumulateAndGet(memory, Math::max);
            }
            Await.standstill(written::get);

            assertEquals(
                    transport != Transport.NIO,
                    mostMemory.get() > Chunk.BULK_CAPACITY,
                    "at most " + mostMemory + " B");
            assertTrue(written.get() < total, "the server could write " + written);
            long held = proxy.proxy().heldBytes();
            assertTrue(held <= Chunk.CAPACITY, held + " B held");
            assertTrue(proxy.proxy().usedDirectMemory() <= BOUND);
            assertEquals(total - read, client.getInputStream().transferTo(nullOutputStream()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFinBehindUnreadBytesNeitherFillsTheMemoryNorSpins(Transport transport) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            try (ProxyFixture proxy = ProxyFixture.start(transport, port);
                    Socket slow = proxy.connect()) {
                // With the client's FIN relayed and the server's FIN unread, the server's socket is
                // hung up.
                slow.getOutputStream().write('s');
                slow.shutdownOutput();
                long written = fillAndClose(server.accept());

                long before = loopCpuNanos();
                TimeUnit.MILLISECONDS.sleep(300);
                long spent = loopCpuNanos() - before;
                assertTrue(
                        spent < 100_000_000, "loops ran for " + spent + " ns with nothing to do");
                assertTrue(proxy.proxy().usedDirectMemory() <= BOUND);
                assertEquals(written, slow.getInputStream().transferTo(nullOutputStream()));
                assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
            }
        }
    }

    /** Writes until nothing is taken any more, then closes; returns how much was taken. */
    private static long fillAndClose(SocketChannel connection)
            throws IOException, InterruptedException {
        try (connection) {
            assertEquals(1, connection.read(ByteBuffer.allocate(1)));
            assertEquals(-1, connection.read(ByteBuffer.allocate(1)));
            connection.configureBlocking(false);
            long written = 0;
            int idleRounds = 0;
            while (idleRounds < 10) {
                int n = connection.write(ByteBuffer.allocate(BLOCK));
                written += n;
                idleRounds = n == 0 ? idleRounds + 1 : 0;
                if (n == 0) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
            return written;
        }
    }

    private static long loopCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("evenkeel-lb-")) {
                sum += threads.getThreadCpuTime(id);
            }
        }
        return sum;
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that read nothing, and together hold more than the proxy may. */
class ByteBudgetTest implements ProxyObserver {
    private static final int BLOCK = 1 << 16;

    private final BlockingQueue<SessionEnd> ends = new LinkedBlockingQueue<>();
    private final AtomicLong written = new AtomicLong();

    @Override
    public void onSessionEnd(SessionEnd end) {
        ends.add(end);
    }

    /** Answers a byte with itself, but 'f' with as much as the client takes. */
    private TcpServer server() throws IOException {
        return TcpServer.start(
                connection -> {
                    int first = connection.getInputStream().read();
                    connection.getOutputStream().write(first);
                    while (first == 'f') {
                        connection.getOutputStream().write(new byte[BLOCK]);
                        written.addAndGet(BLOCK);
                    }
                });
    }

    private TcpProxy start(Transport transport, int loops, int chunks, TcpServer server)
            throws ProxyStartException {
        FrontendConfig web =
                FrontendConfig.builder("web").bind("127.0.0.1", 0).defaultBackend("app").build();
        BackendConfig app =
                BackendConfig.builder("app").servers(ProxyFixture.at(server.port())).build();
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(new ProxyConfig(List.of(web), List.of(app)))
                        .eventLoops(loops)
                        .transport(transport)
                        .byteBudget((long) chunks * Chunk.CAPACITY)
                        .drainTimeout(Duration.ZERO)
                        .observer(this)
                        .build();
        proxy.start();
        return proxy;
    }

    /** A client that has its answer. */
    private static Socket ask(TcpProxy proxy, char what) throws IOException {
        Socket client = new Socket();
        // Small, so that the proxy is soon left with what it has read.
        client.setReceiveBufferSize(4096);
        InetSocketAddress address = proxy.boundAddresses("web").get(0);
        client.connect(address, 10_000);
        client.setSoTimeout(10_000);
        client.getOutputStream().write(what);
        assertEquals(what, client.getInputStream().read());
        return client;
    }

    private SessionEnd awaitEnd() throws InterruptedException {
        SessionEnd end = ends.poll(10, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("No session has ended within 10 s");
        }
        return end;
    }

    @ParameterizedTest
    @EnumSource
    void whoHoldsSomethingForTheLongestTimeIsShedFirst(Transport transport) throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (TcpServer server = server();
                TcpProxy proxy = start(transport, 1, 4, server)) {
            for (int i = 0; i < 6; i++) {
                long before = written.get();
                slow.add(ask(proxy, 'f'));
                Await.standstill(() -> written.get() - before);
                if (i >= 4) {
                    SessionEnd end = awaitEnd();
                    assertEquals(TerminationCause.SHED, end.cause());
                    assertEquals(
                            slow.get(i - 4).getLocalPort(),
                            end.client().getPort(),
                            "the one that came first of those that are left");
                }
            }
        } finally {
            for (Socket client : slow) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void manySlowClientsStayWithinTheBudgetAndOthersGoOn(Transport transport) throws Exception {
        int budget = 16;
        int clients = 60;
        List<Socket> slow = new ArrayList<>();
        try (TcpServer server = server();
                TcpProxy proxy = start(transport, 2, budget, server)) {
            for (int i = 0; i < clients; i++) {
                slow.add(ask(proxy, 'f'));
            }
            Await.until(
                    "all that are left fit",
                    () ->
                            proxy.snapshot().activeSessions() <= budget
                                    && proxy.heldBytes() <= (long) budget * Chunk.CAPACITY);
            try (Socket other = ask(proxy, 'x')) {
                assertTrue(other.isConnected());
            }
            assertTrue(
                    proxy.snapshot().ends().get(TerminationCause.SHED) >= clients - budget,
                    proxy.snapshot().ends().toString());
        } finally {
            for (Socket client : slow) {
                client.close();
            }
        }
    }

    @Test
    void aBudgetIsAboveZero() {
        assertThrows(IllegalArgumentException.class, () -> TcpProxy.builder().byteBudget(0));
    }
}

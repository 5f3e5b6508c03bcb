package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.Condition;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many clients that want nothing good. {@code benchmarks/crowd} does the same with thousands. */
class CrowdTest {
    private static final int CLIENTS = 300;
    private static final byte[] HELLO = ClientHellos.ofTheJdk("a.example");

    @ParameterizedTest
    @EnumSource
    void whoSendsItsHelloByteByByteIsEndedWhenTheWaitIsOverAndOthersAreServed(Transport transport)
            throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend ->
                                        frontend.inspectDelay(Duration.ofSeconds(4))
                                                .contentRule(AccessRule.accept(Condition.tls()))
                                                .contentRule(AccessRule.reject(Condition.always())),
                                backend -> backend.servers(ProxyFixture.at(server.port())))) {
            for (int i = 0; i < CLIENTS; i++) {
                slow.add(proxy.connect());
                slow.get(i).getOutputStream().write(HELLO, 0, 1);
            }
            for (Socket client : slow) {
                client.getOutputStream().write(HELLO, 1, 1);
            }
            try (Socket good = proxy.connect()) {
                good.getOutputStream().write(HELLO);
                assertArrayEquals(HELLO, good.getInputStream().readNBytes(HELLO.length));
            }
            assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
            assertEquals(0, proxy.proxy().heldBytes(), "whoever waits holds no buffer");
            assertEquals(1, server.accepted());
            for (int i = 0; i < CLIENTS; i++) {
                SessionEnd end = proxy.awaitEnd();
                assertEquals(TerminationCause.REJECTED, end.cause());
                assertTrue(end.totalNanos() >= 4_000_000_000L, end.toString());
            }
        } finally {
            for (Socket client : slow) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFloodOfConnectionsLeavesAStreamItsTurn(Transport transport) throws Exception {
        byte[] message = new byte[1 << 16];
        new Random(1).nextBytes(message);
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = ProxyFixture.start(transport, server.port());
                Socket stream = proxy.connect()) {
            Thread flood = new Thread(() -> flood(proxy));
            flood.start();
            int rounds = 0;
            while (flood.isAlive()) {
                stream.getOutputStream().write(message);
                assertArrayEquals(message, stream.getInputStream().readNBytes(message.length));
                rounds++;
            }
            assertTrue(rounds > 0, rounds + " times during the flood");
        }
    }

    /** Each is reset as soon as it is connected. */
    private static void flood(ProxyFixture proxy) {
        for (int i = 0; i < 2 * CLIENTS; i++) {
            try (Socket client = proxy.connect()) {
                client.setSoLinger(true, 0);
            } catch (IOException e) {
                // Then it was reset by the other side.
            }
        }
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerAddressesTest {
    /** No host has that many addresses. */
    private static final int BEYOND_THE_LAST = 60_000;

    @ParameterizedTest
    @EnumSource
    void aServerForWhichTheNameHasNoAddressIsPassedOver(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(
                                                        ServerConfig.builder("s1", "localhost", 9)
                                                                .addressNumber(BEYOND_THE_LAST)
                                                                .build())
                                                .server(
                                                        ServerConfig.builder(
                                                                        "s2",
                                                                        "127.0.0.1",
                                                                        server.port())
                                                                .build()))) {
            for (int i = 0; i < 4; i++) {
                try (Socket client = proxy.connect()) {
                    client.getOutputStream().write(i);
                    assertEquals(i, client.getInputStream().read());
                    client.shutdownOutput();
                    assertEquals(-1, client.getInputStream().read());
                }
                assertEquals("s2", proxy.awaitEnd().server());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAddressOfANameIsReachedOnceItIsFound(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(numbered(1, server.port()))
                                                .server(numbered(2, server.port())))) {
            assertReached(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameWithAFamilyIsReachedAtAnAddressOfIt(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(
                                                ServerConfig.builder(
                                                                "s",
                                                                "ipv4@localhost",
                                                                server.port())
                                                        .build()))) {
            assertReached(proxy);
        }
    }

    private static void assertReached(ProxyFixture proxy) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        SessionEnd end;
        do {
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write(1);
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The name is not looked up yet.
            }
            end = proxy.awaitEnd();
        } while (end.cause() != TerminationCause.COMPLETED && System.nanoTime() < giveUp);
        assertEquals(TerminationCause.COMPLETED, end.cause());
    }

    /** An IPv6 address may be the other one, at which nobody listens. */
    private static ServerConfig numbered(int number, int port) {
        return ServerConfig.builder("s" + number, "localhost", port).addressNumber(number).build();
    }
}

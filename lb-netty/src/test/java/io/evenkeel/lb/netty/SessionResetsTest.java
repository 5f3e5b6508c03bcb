package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HealthState;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that end because a server goes down or comes up. */
class SessionResetsTest {
    /** A client whose bytes come back: its session is at a server. */
    private static Socket talking(ProxyFixture proxy) throws IOException {
        Socket client = proxy.connect();
        assertTalks(client);
        return client;
    }

    private static void assertTalks(Socket client) throws IOException {
        client.getOutputStream().write('x');
        assertEquals('x', client.getInputStream().read());
    }

    private static void assertReset(Socket client) throws IOException {
        try (client) {
            assertThrows(SocketException.class, () -> client.getInputStream().read());
        }
    }

    /** Checked so seldom that only the first check comes. */
    private static ServerConfig.Builder server(String name, int port) {
        return ServerConfig.builder(name, "127.0.0.1", port)
                .check(CheckConfig.builder().inter(Duration.ofHours(1)).build());
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatGoesDownTakesItsSessionsWithItAndNoOthers(Transport transport)
            throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (TcpServer a = TcpServer.echo();
                TcpServer b = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(
                                                        ServerConfig.builder(
                                                                        "a", "127.0.0.1", a.port())
                                                                .resetSessionsWhenDown(true)
                                                                .build())
                                                .server(
                                                        ServerConfig.builder(
                                                                        "b", "127.0.0.1", b.port())
                                                                .build()))) {
            for (int i = 0; i < 8; i++) {
                clients.add(talking(proxy));
            }
            Backend backend = proxy.proxy().backend("app");
            Server down = backend.servers().get(0);
            backend.setAdminState(down, AdminState.DRAIN, System.nanoTime());
            backend.setAdminState(down, AdminState.READY, System.nanoTime());
            for (Socket client : clients) {
                assertTalks(client);
            }
            backend.apply(
                    down,
                    new HealthTransition(HealthState.UNCHECKED, HealthState.DOWN, "test"),
                    System.nanoTime());
            for (int i = 0; i < 4; i++) {
                SessionEnd end = proxy.awaitEnd();
                assertEquals("a", end.server());
                assertEquals(TerminationCause.SERVER_DOWN, end.cause());
            }
            int talking = 0;
            for (Socket client : clients) {
                try {
                    assertTalks(client);
                    talking++;
                } catch (SocketException reset) {
                    client.close();
                }
            }
            assertEquals(4, talking);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerInMaintenanceIsDownToo(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(
                                                ServerConfig.builder("a", "127.0.0.1", a.port())
                                                        .resetSessionsWhenDown(true)
                                                        .build()))) {
            Socket client = talking(proxy);
            Backend backend = proxy.proxy().backend("app");
            backend.setAdminState(
                    backend.servers().get(0), AdminState.MAINTENANCE, System.nanoTime());
            assertEquals(TerminationCause.SERVER_DOWN, proxy.awaitEnd().cause());
            assertReset(client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatCameLaterTakesItsSessionsWithItToo(Transport transport) throws Exception {
        try (TcpServer first = TcpServer.named("first");
                TcpServer later = TcpServer.echo();
                ProxyFixture proxy = ProxyFixture.start(transport, first.port())) {
            Backend backend = proxy.proxy().backend("app");
            ServerConfig added =
                    ServerConfig.builder("later", "127.0.0.1", later.port())
                            .resetSessionsWhenDown(true)
                            .build();
            backend.update(BackendConfig.builder("app").server(added).build(), System.nanoTime());
            Socket client = talking(proxy);
            backend.setAgentDown(backend.servers().get(0), true, "test", System.nanoTime());
            SessionEnd end = proxy.awaitEnd();
            assertEquals("later", end.server());
            assertEquals(TerminationCause.SERVER_DOWN, end.cause());
            assertReset(client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatComesUpTakesTheClientsOfTheBackups(Transport transport) throws Exception {
        try (TcpServer primary = TcpServer.echo();
                TcpServer backup = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(
                                                        server("p", primary.port())
                                                                .resetBackupSessionsWhenUp(true)
                                                                .disabled(true)
                                                                .build())
                                                .server(
                                                        ServerConfig.builder(
                                                                        "b",
                                                                        "127.0.0.1",
                                                                        backup.port())
                                                                .backup(true)
                                                                .build()))) {
            Socket client = talking(proxy);
            Backend backend = proxy.proxy().backend("app");
            Server server = backend.servers().get(0);
            backend.setAdminState(server, AdminState.READY, System.nanoTime());
            assertTalks(client);
            backend.apply(
                    server,
                    new HealthTransition(server.health(), HealthState.UP, "test"),
                    System.nanoTime());
            SessionEnd end = proxy.awaitEnd();
            assertEquals("b", end.server());
            assertEquals(TerminationCause.PRIMARY_UP, end.cause());
            assertReset(client);
        }
    }
}

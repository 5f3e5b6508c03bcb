package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.InitialAddress;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.UdpFrontendConfig;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** UDP listeners start, change and close with their proxy. */
class UdpLifecycleTest {
    private static UdpFrontendConfig.Builder dns(int port) {
        return UdpFrontendConfig.builder("dns").bind("127.0.0.1", port).backend("app");
    }

    private static BackendConfig app(int... ports) {
        return BackendConfig.builder("app")
                .balance(Balance.leastConnections())
                .servers(UdpFixture.at(ports))
                .build();
    }

    private static TcpProxy.Builder proxy(Transport transport, ProxyConfig config) {
        return TcpProxy.builder()
                .config(config)
                .eventLoops(2)
                .transport(transport)
                .drainTimeout(Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource
    void anotherConfigurationKeepsTheListenerItsSessionsAndTheirServers(Transport transport)
            throws Exception {
        try (UdpServer one = UdpServer.named("one");
                UdpServer two = UdpServer.named("two");
                TcpProxy proxy =
                        proxy(
                                        transport,
                                        UdpFixture.config(List.of(dns(0).build()), app(one.port())))
                                .build()) {
            proxy.start();
            InetSocketAddress address = proxy.boundAddresses("dns").get(0);
            try (UdpClient client = new UdpClient(address);
                    UdpClient late = new UdpClient(address)) {
                assertEquals("one", client.ask("?"));
                proxy.apply(
                        UdpFixture.config(
                                List.of(dns(0).idleTimeout(Duration.ofHours(1)).build()),
                                app(one.port(), two.port())));
                assertEquals(List.of(address), proxy.boundAddresses("dns"));
                assertEquals("one", client.ask("?"));
                assertEquals("two", late.ask("?"));
                assertEquals(2, proxy.snapshot().udp().openedSessions());

                // A server that is removed loses its sessions with their next datagrams.
                proxy.apply(
                        UdpFixture.config(
                                List.of(dns(0).build()),
                                BackendConfig.builder("app")
                                        .server(UdpFixture.at(one.port(), two.port()).get(1))
                                        .build()));
                assertEquals("two", client.ask("?"));
                assertEquals(2, proxy.snapshot().udp().activeSessions());

                // A smaller cap, or a shorter timeout, counts for sessions that are there.
                proxy.apply(
                        UdpFixture.config(List.of(dns(0).maxSessions(2).build()), app(two.port())));
                assertTrue(proxy.snapshot().udp().activeSessions() <= 2);
                proxy.apply(
                        UdpFixture.config(
                                List.of(dns(0).idleTimeout(Duration.ofMillis(300)).build()),
                                app(two.port())));
                Await.until("ended", () -> proxy.snapshot().udp().activeSessions() == 0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListenerThatIsRemovedStopsAndAnotherStarts(Transport transport) throws Exception {
        try (UdpServer server = UdpServer.echo();
                TcpProxy proxy =
                        proxy(
                                        transport,
                                        UdpFixture.config(
                                                List.of(dns(0).build()), app(server.port())))
                                .build()) {
            proxy.start();
            InetSocketAddress before = proxy.boundAddresses("dns").get(0);
            try (UdpClient client = new UdpClient(before)) {
                client.ask("x");
            }
            proxy.apply(
                    UdpFixture.config(
                            List.of(
                                    UdpFrontendConfig.builder("other")
                                            .bind("127.0.0.2", 0)
                                            .backend("app")
                                            .build()),
                            app(server.port())));
            assertThrows(IllegalArgumentException.class, () -> proxy.boundAddresses("dns"));
            assertEquals(0, proxy.snapshot().udp().activeSessions());
            assertEquals(0, proxy.backend("app").servers().get(0).inFlight());
            try (DatagramSocket free = new DatagramSocket(before.getPort(), before.getAddress())) {
                assertTrue(free.isBound());
            }
            try (UdpClient client = new UdpClient(proxy.boundAddresses("other").get(0))) {
                assertEquals("y", client.ask("y"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPortInUseIsNamedAndNothingIsChanged(Transport transport) throws Exception {
        try (UdpServer server = UdpServer.echo();
                DatagramSocket taken = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            String refusal =
                    "UDP frontend dns cannot receive on 127.0.0.1:"
                            + taken.getLocalPort()
                            + ": the port is in use by another listener; stop that one or change"
                            + " the bind line.";
            ProxyConfig wrong =
                    UdpFixture.config(
                            List.of(dns(taken.getLocalPort()).build()), app(server.port()));
            TcpProxy never = proxy(transport, wrong).build();
            assertEquals(
                    refusal, assertThrows(ProxyStartException.class, never::start).getMessage());
            try (TcpProxy proxy =
                    proxy(transport, UdpFixture.config(List.of(dns(0).build()), app(server.port())))
                            .build()) {
                proxy.start();
                try (UdpClient client = new UdpClient(proxy.boundAddresses("dns").get(0))) {
                    client.ask("x");
                    assertEquals(
                            "Nothing was changed: " + refusal,
                            assertThrows(ProxyStartException.class, () -> proxy.apply(wrong))
                                    .getMessage());
                    assertEquals("y", client.ask("y"));
                    assertEquals(1, proxy.snapshot().udp().openedSessions());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeEndsSessionsAndReturnsAllMemory(Transport transport) throws Exception {
        try (UdpServer server = UdpServer.echo()) {
            TcpProxy proxy =
                    proxy(transport, UdpFixture.config(List.of(dns(0).build()), app(server.port())))
                            .build();
            proxy.start();
            try (UdpClient client = new UdpClient(proxy.boundAddresses("dns").get(0))) {
                client.ask("x");
                assertEquals(1, proxy.backend("app").servers().get(0).inFlight());
                proxy.stopListening();
                assertEquals(List.of(), proxy.boundAddresses("dns"));
                assertEquals(0, proxy.backend("app").servers().get(0).inFlight());
                proxy.startListening();
            }
            try (UdpClient client = new UdpClient(proxy.boundAddresses("dns").get(0))) {
                client.ask("x");
            }
            proxy.close();
            assertEquals(0, proxy.snapshot().udp().activeSessions());
            assertEquals(0, proxy.backend("app").servers().get(0).inFlight());
            assertEquals(0, proxy.usedDirectMemory());
        }
    }

    /** Clients fail at an answer from another address than they have asked. */
    @Test
    void onAllAddressesAnAnswerLeavesFromTheOneThatWasAsked() throws Exception {
        UdpFrontendConfig all =
                UdpFrontendConfig.builder("dns").bind("*", 0).backend("app").build();
        try (UdpServer server = UdpServer.echo();
                TcpProxy proxy =
                        proxy(Transport.EPOLL, UdpFixture.config(List.of(all), app(server.port())))
                                .build()) {
            proxy.start();
            int port = proxy.boundAddresses("dns").get(0).getPort();
            // One that the host has at the start, and some that it turns out to have.
            for (String host : List.of("127.0.0.1", "127.0.3.1", "127.0.3.2", "127.0.3.3")) {
                long before = proxy.snapshot().udp().openedSessions();
                // All at once: a client that has ended may hand its port, and with it its session,
                // to the next one.
                List<UdpClient> clients = new ArrayList<>();
                try {
                    for (int client = 1; client <= 10; client++) {
                        UdpClient asking = new UdpClient(new InetSocketAddress(host, port));
                        clients.add(asking);
                        for (int n = 0; n < 3; n++) {
                            assertEquals("x" + n, asking.ask("x" + n));
                        }
                    }
                } finally {
                    clients.forEach(UdpClient::close);
                }
                long opened = proxy.snapshot().udp().openedSessions() - before;
                assertTrue(
                        opened == 10 || opened == 11 && !host.equals("127.0.0.1"),
                        opened + " sessions of 10 clients to " + host);
            }
        }
    }

    /** A socket that is bound takes the datagrams of its address from one of all addresses. */
    @Test
    void clientsAreAnsweredWhileAnotherConfigurationWaitsForANameServer() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        int port;
        try (DatagramSocket free = new DatagramSocket(0)) {
            port = free.getLocalPort();
        }
        try (UdpServer server = UdpServer.echo();
                ScriptedDns dns = ScriptedDns.start((name, type, tcp) -> null);
                TcpProxy proxy =
                        proxy(
                                        Transport.EPOLL,
                                        UdpFixture.config(
                                                List.of(dnsAt("*", port)), app(server.port())))
                                .build()) {
            proxy.start();
            ProxyConfig next =
                    ProxyConfig.builder()
                            .udpFrontends(List.of(dnsAt("127.0.0.1", port)))
                            .backends(
                                    app(server.port()),
                                    BackendConfig.builder("named")
                                            .server(
                                                    ServerConfig.builder("s1", "web.test", 80)
                                                            .resolution(
                                                                    NamedServers.IPV4.withInitial(
                                                                            InitialAddress.LIBC))
                                                            .build())
                                            .build())
                            .resolvers(
                                    List.of(
                                            NamedServers.resolvers(dns.port())
                                                    .retryTimeout(Duration.ofSeconds(1))
                                                    .build()))
                            .build();
            Future<ProxyStartException> refused =
                    other.submit(
                            () -> assertThrows(ProxyStartException.class, () -> proxy.apply(next)));
            dns.awaitAsked();
            try (UdpClient client = new UdpClient(new InetSocketAddress("127.0.0.1", port))) {
                assertEquals("x", client.ask("x"));
                String message = refused.get(30, TimeUnit.SECONDS).getMessage();
                assertTrue(message.contains("web.test is resolved neither"), message);
                assertEquals("y", client.ask("y"));
            }
        } finally {
            other.shutdownNow();
        }
    }

    private static UdpFrontendConfig dnsAt(String host, int port) {
        return UdpFrontendConfig.builder("dns").bind(host, port).backend("app").build();
    }

    @Test
    void whereTheAddressThatWasAskedIsNotKnownAWildcardIsRefused() throws Exception {
        ProxyConfig four =
                UdpFixture.config(
                        List.of(
                                UdpFrontendConfig.builder("dns")
                                        .bind("*", 0)
                                        .backend("app")
                                        .build()),
                        app());
        ProxyConfig six =
                UdpFixture.config(
                        List.of(
                                UdpFrontendConfig.builder("dns")
                                        .bind("::", 0)
                                        .backend("app")
                                        .build()),
                        app());
        String reason =
                ": an answer has to leave from the address that was asked, which only epoll tells,"
                        + " and of IPv4 only; bind each address of the host.";
        try (TcpProxy proxy = proxy(Transport.IO_URING, four).build()) {
            proxy.start();
        }
        assertEquals(
                "UDP frontend dns cannot receive on 0.0.0.0:0" + reason,
                assertThrows(
                                ProxyStartException.class,
                                () -> proxy(Transport.NIO, four).build().start())
                        .getMessage());
        assertEquals(
                "UDP frontend dns cannot receive on [::]:0" + reason,
                assertThrows(
                                ProxyStartException.class,
                                () -> proxy(Transport.EPOLL, six).build().start())
                        .getMessage());
    }

    /** TCP and UDP may have the same port, and one backend for both. */
    @ParameterizedTest
    @EnumSource
    void tcpAndUdpShareAPort(Transport transport) throws Exception {
        int both = TcpServer.unusedPort();
        try (TcpServer tcp =
                        TcpServer.startAt(
                                both,
                                connection ->
                                        connection.getOutputStream().write("tcp".getBytes()));
                UdpServer udp = UdpServer.namedAt(tcp.port(), "udp")) {
            int port = TcpServer.unusedPort();
            ProxyConfig config =
                    ProxyConfig.builder()
                            .frontends(
                                    FrontendConfig.builder("web")
                                            .bind("127.0.0.1", port)
                                            .defaultBackend("app")
                                            .build())
                            .backends(app(udp.port()))
                            .udpFrontends(List.of(dns(port).build()))
                            .build();
            try (TcpProxy proxy = proxy(transport, config).build()) {
                proxy.start();
                try (UdpClient client = new UdpClient(proxy.boundAddresses("dns").get(0));
                        Socket socket = new Socket("127.0.0.1", port)) {
                    assertEquals("udp", client.ask("?"));
                    assertEquals("tcp", new String(socket.getInputStream().readAllBytes()));
                }
            }
        }
    }

    /** Over IPv6 it is the same. */
    @ParameterizedTest
    @EnumSource
    void ipv6(Transport transport) throws Exception {
        UdpFrontendConfig six =
                UdpFrontendConfig.builder("dns").bind("::1", 0).backend("app").build();
        try (UdpServer server = UdpServer.echo();
                TcpProxy proxy =
                        proxy(transport, UdpFixture.config(List.of(six), app(server.port())))
                                .build()) {
            proxy.start();
            try (UdpClient client = new UdpClient(proxy.boundAddresses("dns").get(0), "::1")) {
                assertEquals("x", client.ask("x"));
                assertEquals("y", client.ask("y"));
            }
            assertEquals(1, proxy.snapshot().udp().openedSessions());
        }
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.HealthState;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.PickRequest;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeySource;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickNode;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.StickUpdate;
import io.evenkeel.lb.Stickiness;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections of one client keep to one server. */
class StickinessTest {
    private static final StickTableConfig ADDRESSES =
            StickTableConfig.builder(StickKeyType.ip(), 1000).build();

    @ParameterizedTest
    @EnumSource
    void clientsLeaveAServerThatIsDownAndStayWhereTheyAreWhenItReturns(Transport transport)
            throws Exception {
        try (TcpServer a = TcpServer.named("a");
                TcpServer b = TcpServer.named("b");
                ProxyFixture proxy = start(transport, onSource(), a, b)) {
            String first = ask(proxy, "127.0.0.2");
            assertEquals(first, ask(proxy, "127.0.0.2"));
            assertEquals(first, ask(proxy, "127.0.0.2"));

            set(proxy, first, HealthState.DOWN);
            String second = ask(proxy, "127.0.0.2");
            assertEquals(first.equals("a") ? "b" : "a", second);

            set(proxy, first, HealthState.UP);
            for (int i = 0; i < 4; i++) {
                assertEquals(second, ask(proxy, "127.0.0.2"));
            }
            StickRecord record = entry(proxy.proxy().stickTable("app"), "127.0.0.2");
            assertEquals(second, record.server());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyClientHasItsServerAndMayLoseItByHand(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                TcpServer b = TcpServer.named("b");
                ProxyFixture proxy = start(transport, onSource(), a, b)) {
            Set<String> used = new HashSet<>();
            for (int client = 2; client < 8; client++) {
                String server = ask(proxy, "127.0.0." + client);
                used.add(server);
                assertEquals(server, ask(proxy, "127.0.0." + client));
            }
            assertEquals(Set.of("a", "b"), used, "the balance still decides about new ones");
            StickTable table = proxy.proxy().stickTable("app");
            assertEquals(6, table.entries(System.nanoTime()).size());
            assertEquals(3, table.removeAll("a", System.nanoTime()));
            assertEquals(3, table.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatRefusesLosesItsClientsWhenTheyMayLeave(Transport transport) throws Exception {
        TcpServer a = TcpServer.named("a");
        try (TcpServer b = TcpServer.named("b");
                ProxyFixture proxy =
                        start(
                                transport,
                                backend ->
                                        onSource().apply(backend).retries(1).redispatchInterval(-1),
                                a,
                                b)) {
            StickTable table = proxy.proxy().stickTable("app");
            var key = table.newKey();
            key.setKey(StickKey.parse(StickKeyType.ip(), "127.0.0.2"));
            table.store(key, "a", System.nanoTime());
            assertEquals("a", ask(proxy, "127.0.0.2"));
            a.close();
            Await.until("a refuses", () -> refuses(a.port()));
            assertEquals("b", ask(proxy, "127.0.0.2"));
            assertEquals("b", entry(table, "127.0.0.2").server());
        }
    }

    /** The only server takes no new clients, but this one is not new. */
    @ParameterizedTest
    @EnumSource
    void aClientWaitsForItsServerThoughThatIsFullAndDraining(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                ProxyFixture proxy = start(transport, onSource(), a)) {
            assertEquals("a", ask(proxy, "127.0.0.2"));
            Backend backend = proxy.proxy().backend("app");
            Server server = backend.servers().get(0);
            backend.setMaxConnections(server, 1, System.nanoTime());
            try (Socket client = new Socket()) {
                Await.until("the first is over", () -> server.inFlight() == 0);
                try (var held = backend.pick(PickRequest.ANY, System.nanoTime())) {
                    assertNotNull(held);
                    backend.setAdminState(server, AdminState.DRAIN, System.nanoTime());
                    client.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
                    client.connect(proxy.address());
                    Await.until("the client waits", () -> backend.queueLength() == 1);
                }
                assertEquals("a", new String(client.getInputStream().readAllBytes()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyFirstConnectionsAtOnceGoToOneServerIfItIsStoredWhenPicked(Transport transport)
            throws Exception {
        UnaryOperator<BackendConfig.Builder> atPick =
                backend ->
                        onSource()
                                .apply(backend)
                                .stickiness(
                                        Stickiness.builder()
                                                .rules(Stickiness.on(StickKeySource.SOURCE).rules())
                                                .storeAtPick(true)
                                                .build());
        try (TcpServer a = TcpServer.named("a");
                TcpServer b = TcpServer.named("b");
                ProxyFixture proxy = start(transport, atPick, a, b)) {
            for (int client = 2; client < 12; client++) {
                String address = "127.0.0." + client;
                Set<String> used = ConcurrentHashMap.newKeySet();
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    threads.add(
                            new Thread(
                                    () -> {
                                        try {
                                            used.add(ask(proxy, address));
                                        } catch (Exception e) {
                                            used.add(e.toString());
                                        }
                                    }));
                }
                threads.forEach(Thread::start);
                for (Thread thread : threads) {
                    thread.join();
                }
                assertEquals(1, used.size(), address + " went to " + used);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void addressAndPortThatClientsConnectToAreKeysToo(Transport transport) throws Exception {
        for (StickKeySource source :
                List.of(StickKeySource.DESTINATION, StickKeySource.DESTINATION_PORT)) {
            StickTableConfig config =
                    source == StickKeySource.DESTINATION
                            ? ADDRESSES
                            : StickTableConfig.builder(StickKeyType.integer(), 10).build();
            try (TcpServer a = TcpServer.named("a");
                    TcpServer b = TcpServer.named("b");
                    ProxyFixture proxy =
                            start(
                                    transport,
                                    backend ->
                                            backend.stickTable(config)
                                                    .stickiness(Stickiness.on(source)),
                                    a,
                                    b)) {
                assertEquals(ask(proxy, "127.0.0.2"), ask(proxy, "127.0.0.3"));
                List<StickRecord> records =
                        proxy.proxy().stickTable("app").entries(System.nanoTime());
                assertEquals(
                        source == StickKeySource.DESTINATION
                                ? "127.0.0.1"
                                : Integer.toString(proxy.address().getPort()),
                        records.get(0).key().toString());
                assertEquals(1, records.size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void entriesThatNobodyUsesGo(Transport transport) throws Exception {
        StickTableConfig config =
                StickTableConfig.builder(StickKeyType.ip(), 10)
                        .expire(Duration.ofMillis(50))
                        .build();
        try (TcpServer a = TcpServer.named("a");
                ProxyFixture proxy =
                        start(
                                transport,
                                backend -> onSource().apply(backend).stickTable(config),
                                a)) {
            StickTable table = proxy.proxy().stickTable("app");
            assertEquals("a", ask(proxy, "127.0.0.2"));
            var key = table.newKey();
            key.setKey(StickKey.parse(StickKeyType.ip(), "127.0.0.2"));
            Await.until(
                    "the entry has expired",
                    () -> table.entry(key.toKey(), System.nanoTime()) == null);
            assertNull(table.match(key, System.nanoTime()));
        }
    }

    @Test
    void aKeyOfTheApplicationIsRefused() {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                start(
                                        Transport.best(),
                                        backend ->
                                                backend.stickTable(
                                                                StickTableConfig.builder(
                                                                                StickKeyType.string(
                                                                                        32),
                                                                                10)
                                                                        .build())
                                                        .stickiness(
                                                                Stickiness.on(
                                                                        StickKeySource
                                                                                .APPLICATION))));
        assertTrue(refused.getMessage().startsWith("backend app "), refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void whoAsksForTheSameNameIsOnTheSameServer(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                TcpServer b = TcpServer.named("b");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend.inspectDelay(Duration.ofSeconds(20)),
                                backend ->
                                        backend.stickTable(
                                                        StickTableConfig.builder(
                                                                        StickKeyType.string(64), 10)
                                                                .build())
                                                .stickiness(Stickiness.on(StickKeySource.SNI))
                                                .server(
                                                        ServerConfig.builder(
                                                                        "a", "127.0.0.1", a.port())
                                                                .build())
                                                .server(
                                                        ServerConfig.builder(
                                                                        "b", "127.0.0.1", b.port())
                                                                .build()))) {
            String first = hello(proxy, "one.example");
            String second = hello(proxy, "two.example");
            assertNotEquals(first, second);
            for (int i = 0; i < 3; i++) {
                assertEquals(first, hello(proxy, "one.example"));
                assertEquals(second, hello(proxy, "TWO.example"));
            }
        }
    }

    /** The name of the server that a TLS client reaches which asks for that name. */
    private static String hello(ProxyFixture proxy, String name) throws Exception {
        try (Socket client = proxy.connect()) {
            client.getOutputStream()
                    .write(
                            ClientHellos.records(
                                    ClientHellos.handshake(ClientHellos.serverName(name)), 4096));
            return new String(client.getInputStream().readAllBytes());
        }
    }

    @Test
    void tablesAreReplicatedWhereTheNodeHasAName() {
        BackendConfig app =
                onSource().apply(BackendConfig.builder("app")).stickTable(ADDRESSES).build();
        ProxyConfig config = new ProxyConfig(List.of(), List.of(app));
        TcpProxy alone = TcpProxy.builder().config(config).build();
        assertThrows(IllegalStateException.class, () -> alone.stickTable("app").replication());
        TcpProxy named =
                TcpProxy.builder().config(config).stickNode(new StickNode("lb1", 0)).build();
        List<StickUpdate> told = new ArrayList<>();
        StickTable table = named.stickTable("app");
        table.replication().addListener((source, update, at) -> told.add(update));
        var key = table.newKey();
        key.setKey(StickKey.parse(StickKeyType.ip(), "127.0.0.2"));
        table.store(key, "a", 0);
        assertEquals("a", told.get(0).server());
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> named.stickTable("web"));
        assertEquals("There is no stick table web; there are [app].", unknown.getMessage());
    }

    private static UnaryOperator<BackendConfig.Builder> onSource() {
        return backend ->
                backend.stickTable(ADDRESSES).stickiness(Stickiness.on(StickKeySource.SOURCE));
    }

    private static ProxyFixture start(
            Transport transport, UnaryOperator<BackendConfig.Builder> backend, TcpServer... servers)
            throws Exception {
        List<ServerConfig> configs = new ArrayList<>();
        for (TcpServer server : servers) {
            String name = String.valueOf((char) ('a' + configs.size()));
            configs.add(ServerConfig.builder(name, "127.0.0.1", server.port()).build());
        }
        return ProxyFixture.start(
                transport, frontend -> frontend, b -> backend.apply(b).servers(configs));
    }

    private static void set(ProxyFixture proxy, String server, HealthState state) {
        Backend backend = proxy.proxy().backend("app");
        var found = Objects.requireNonNull(backend.server(server));
        backend.apply(
                found, new HealthTransition(found.health(), state, "test"), System.nanoTime());
    }

    private static StickRecord entry(StickTable table, String address) {
        return Objects.requireNonNull(
                table.entry(StickKey.parse(StickKeyType.ip(), address), System.nanoTime()));
    }

    private static boolean refuses(int port) throws Exception {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !probe.isConnected();
        } catch (SocketException e) {
            return true;
        }
    }

    private static String ask(ProxyFixture proxy, String from) throws Exception {
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            client.connect(proxy.address());
            return new String(client.getInputStream().readAllBytes());
        }
    }
}

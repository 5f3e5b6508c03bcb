package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickKeySource;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.Stickiness;
import io.evenkeel.lb.peers.PeerState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies, and a real HAProxy, that are peers send a client to the same server. */
class PeersTest {
    private TcpServer one;
    private TcpServer two;
    private int portA;
    private int portB;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @TempDir Path directory;

    @BeforeEach
    void start() throws Exception {
        one = TcpServer.named("one");
        two = TcpServer.named("two");
        portA = TcpServer.unusedPort();
        portB = TcpServer.unusedPort();
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        two.close();
    }

    /**
     * A proxy of that name with one peer.
     *
     * @param bind null: it only connects
     */
    private TcpProxy proxy(
            Transport transport, String name, @Nullable Integer bind, String peer, int peerPort)
            throws ProxyStartException {
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(config(name, bind, peer, peerPort))
                        .eventLoops(2)
                        .transport(transport)
                        .drainTimeout(Duration.ZERO)
                        .observer(
                                new ProxyObserver() {
                                    @Override
                                    public void onPeerChange(
                                            String group,
                                            String other,
                                            boolean connected,
                                            String cause) {
                                        events.add(name + ": " + other + " " + connected);
                                    }
                                })
                        .build();
        proxy.start();
        return proxy;
    }

    private ProxyConfig config(String name, @Nullable Integer bind, String peer, int peerPort) {
        PeersConfig.Builder peers =
                PeersConfig.builder("mesh", name).peer(peer, "127.0.0.1", peerPort);
        if (bind != null) {
            peers.bind(new BindAddress("127.0.0.1", bind));
        }
        BackendConfig app =
                BackendConfig.builder("app")
                        .servers(
                                List.of(
                                        ServerConfig.builder("one", "127.0.0.1", one.port())
                                                .build(),
                                        ServerConfig.builder("two", "127.0.0.1", two.port())
                                                .build()))
                        .stickTable(
                                StickTableConfig.builder(StickKeyType.ip(), 1024)
                                        .expire(Duration.ofMinutes(5))
                                        .peers("mesh")
                                        .serverId(11, "one")
                                        .serverId(12, "two")
                                        .build())
                        .stickiness(Stickiness.on(StickKeySource.SOURCE))
                        .build();
        BackendConfig counts =
                BackendConfig.builder("counts")
                        .stickTable(
                                StickTableConfig.builder(StickKeyType.string(20), 1024)
                                        .store(StickDataType.GPT0)
                                        .store(StickDataType.CONN_CUR)
                                        .store(StickDataType.SESS_CNT)
                                        .store(StickDataType.GPC0_RATE, Duration.ofSeconds(60))
                                        .peers("mesh")
                                        .build())
                        .build();
        FrontendConfig web =
                FrontendConfig.builder("web").bind("127.0.0.1", 0).defaultBackend("app").build();
        return ProxyConfig.builder()
                .frontends(web)
                .backends(app, counts)
                .peers(List.of(peers.build()))
                .build();
    }

    private String haproxyConfig(int web, int evenkeelPort) {
        return """
               peers mesh
                   peer h 127.0.0.1:%d
                   peer e 127.0.0.1:%d
               frontend web
                   bind 127.0.0.1:%d
                   default_backend app
               backend app
                   balance roundrobin
                   stick-table type ip size 1024 expire 5m peers mesh
                   stick on src
                   server one 127.0.0.1:%d id 11
                   server two 127.0.0.1:%d id 12
               backend counts
                   stick-table type string len 20 size 1024 peers mesh store gpt0,gpc0_rate(60s),conn_cur,sess_cnt
               """
                .formatted(portA, evenkeelPort, web, one.port(), two.port());
    }

    private static String ask(InetSocketAddress proxy, String from) throws Exception {
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            client.connect(proxy);
            return new String(client.getInputStream().readAllBytes());
        }
    }

    private static String ask(TcpProxy proxy, String from) throws Exception {
        return ask(proxy.boundAddresses("web").get(0), from);
    }

    private static @Nullable StickRecord entry(TcpProxy proxy, String table, String key) {
        StickTable found = proxy.stickTable(table);
        return found.entry(StickKey.parse(found.config().keyType(), key), System.nanoTime());
    }

    private static void awaitServer(TcpProxy proxy, String client, String server) throws Exception {
        Await.until(
                client + " is on " + server,
                () -> {
                    StickRecord record = entry(proxy, "app", client);
                    return record != null && server.equals(record.server());
                });
    }

    private static void awaitServer(HaproxyProcess haproxy, String client, String server)
            throws Exception {
        Await.until(client + " is on " + server, () -> isOn(haproxy, client, server));
    }

    private static boolean isOn(HaproxyProcess haproxy, String client, String server)
            throws IOException {
        return haproxy.tell("show table app")
                .lines()
                .anyMatch(
                        line ->
                                line.contains("key=" + client + " ")
                                        && line.endsWith("server_key=" + server));
    }

    private static void awaitConnected(TcpProxy proxy) throws Exception {
        Await.until("connected", () -> proxy.peers().stream().allMatch(PeerState::connected));
    }

    private static String other(String server) {
        return server.equals("one") ? "two" : "one";
    }

    @ParameterizedTest
    @EnumSource
    void aClientComesToItsServerThroughTheOtherNodeToo(Transport transport) throws Exception {
        try (TcpProxy a = proxy(transport, "a", portA, "b", portB)) {
            String before = ask(a, "127.0.0.2");
            assertTrue(events.take().startsWith("a: b false"), "told once that b is away");
            try (TcpProxy b = proxy(transport, "b", portB, "a", portA)) {
                awaitServer(b, "127.0.0.2", before);
                assertEquals(before, ask(b, "127.0.0.2"));
                for (int i = 3; i < 9; i++) {
                    String client = "127.0.0." + i;
                    TcpProxy first = i % 2 == 0 ? a : b;
                    TcpProxy second = i % 2 == 0 ? b : a;
                    String server = ask(first, client);
                    awaitServer(second, client, server);
                    assertEquals(server, ask(second, client));
                }
                Await.until(
                        "all is confirmed",
                        () -> a.peers().get(0).unconfirmed() + b.peers().get(0).unconfirmed() == 0);
            }
            Await.until("b is away", () -> !a.peers().get(0).connected());
            String alone = ask(a, "127.0.0.20");
            assertEquals(1, a.peers().get(0).unconfirmed());
            try (TcpProxy b = proxy(transport, "b", portB, "a", portA)) {
                awaitServer(b, "127.0.0.20", alone);
                Await.until("all of them after a restart", () -> b.stickTable("app").size() == 8);
            }
        }
    }

    /** A loop that read on as long as there is something would do nothing else. */
    @ParameterizedTest
    @EnumSource
    void aPeerThatTalksWithoutAnEndLeavesTimeForClients(Transport transport) throws Exception {
        byte[] heartbeats = new byte[65_536];
        for (int i = 1; i < heartbeats.length; i += 2) {
            heartbeats[i] = 4;
        }
        try (TcpProxy proxy =
                        TcpProxy.builder()
                                .config(config("a", portA, "b", portB))
                                .eventLoops(1)
                                .transport(transport)
                                .drainTimeout(Duration.ZERO)
                                .build();
                Socket peer = new Socket()) {
            proxy.start();
            peer.connect(new InetSocketAddress("127.0.0.1", portA));
            peer.getOutputStream().write("HAProxyS 2.1\na\nb 1 1\n".getBytes());
            assertEquals("200\n", new String(peer.getInputStream().readNBytes(4)));
            Thread talking =
                    new Thread(
                            () -> {
                                try {
                                    while (true) {
                                        peer.getOutputStream().write(heartbeats);
                                    }
                                } catch (IOException e) {
                                    // The test is over.
                                }
                            });
            talking.setDaemon(true);
            talking.start();
            try (Socket client = new Socket()) {
                client.setSoTimeout(10_000);
                client.connect(proxy.boundAddresses("web").get(0));
                assertTrue(new String(client.getInputStream().readAllBytes()).matches("one|two"));
            }
            assertTrue(proxy.peers().get(0).connected());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRealHaproxyIsConnectedToAndBothKnowWhatTheOtherLearns(Transport transport)
            throws Exception {
        int web = TcpServer.unusedPort();
        InetSocketAddress haproxyWeb = new InetSocketAddress("127.0.0.1", web);
        // Where HAProxy would find the other nobody listens.
        try (HaproxyProcess haproxy =
                HaproxyProcess.start(directory, "h", haproxyConfig(web, TcpServer.unusedPort()))) {
            String before = ask(haproxyWeb, "127.0.0.2");
            try (TcpProxy proxy = proxy(transport, "e", null, "h", portA)) {
                awaitServer(proxy, "127.0.0.2", before);
                exchange(proxy, haproxy, haproxyWeb);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRealHaproxyConnectsAndBothKnowWhatTheOtherLearns(Transport transport) throws Exception {
        int web = TcpServer.unusedPort();
        try (TcpProxy proxy = proxy(transport, "e", portB, "h", TcpServer.unusedPort())) {
            String before = ask(proxy, "127.0.0.2");
            try (HaproxyProcess haproxy =
                    HaproxyProcess.start(directory, "h", haproxyConfig(web, portB))) {
                awaitServer(haproxy, "127.0.0.2", before);
                exchange(proxy, haproxy, new InetSocketAddress("127.0.0.1", web));
            }
            Await.until("it is away", () -> !proxy.peers().get(0).connected());
        }
    }

    /** HAProxy takes what arrives; what the other does depends on whose name sorts first. */
    @ParameterizedTest
    @ValueSource(strings = {"e", "z"})
    void bothEndUpWithOneServerThoughBothHaveChosenWhileTheyWereApart(String name)
            throws Exception {
        int web = TcpServer.unusedPort();
        int wire = TcpServer.unusedPort();
        String config = haproxyConfig(web, TcpServer.unusedPort());
        try (HaproxyProcess haproxy =
                        HaproxyProcess.start(
                                directory, "h", config.replace("peer e ", "peer " + name + " "));
                TcpProxy proxy = proxy(Transport.best(), name, null, "h", wire)) {
            String theirs = ask(new InetSocketAddress("127.0.0.1", web), "127.0.0.2");
            StickTable app = proxy.stickTable("app");
            StickKeyBuffer key = app.newKey();
            key.setKey(StickKey.parse(StickKeyType.ip(), "127.0.0.2"));
            app.store(key, other(theirs), System.nanoTime());
            try (TcpServer connected = TcpServer.startAt(wire, this::toHaproxy)) {
                awaitConnected(proxy);
                Await.until(
                        "one server on both, and nothing to tell any more",
                        () -> {
                            StickRecord here = entry(proxy, "app", "127.0.0.2");
                            return here != null
                                    && proxy.peers().get(0).unconfirmed() == 0
                                    && isOn(haproxy, "127.0.0.2", String.valueOf(here.server()));
                        });
                assertEquals(1, connected.accepted());
            }
        }
    }

    private void toHaproxy(Socket from) throws Exception {
        try (Socket to = new Socket("127.0.0.1", portA)) {
            Thread back =
                    new Thread(
                            () -> {
                                try {
                                    to.getInputStream().transferTo(from.getOutputStream());
                                } catch (IOException e) {
                                    // One of the two has closed: the test is over.
                                }
                            });
            back.start();
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private static void exchange(
            TcpProxy proxy, HaproxyProcess haproxy, InetSocketAddress haproxyWeb) throws Exception {
        awaitConnected(proxy);
        for (int i = 3; i < 9; i++) {
            String client = "127.0.0." + i;
            if (i % 2 == 0) {
                String server = ask(proxy, client);
                awaitServer(haproxy, client, server);
                assertEquals(server, ask(haproxyWeb, client));
            } else {
                String server = ask(haproxyWeb, client);
                awaitServer(proxy, client, server);
                assertEquals(server, ask(proxy, client));
            }
        }
        // A client that is moved here is moved there.
        StickTable app = proxy.stickTable("app");
        StickKeyBuffer key = app.newKey();
        key.setKey(StickKey.parse(StickKeyType.ip(), "127.0.0.3"));
        String moved = other(String.valueOf(app.match(key, System.nanoTime())));
        app.store(key, moved, System.nanoTime());
        awaitServer(haproxy, "127.0.0.3", moved);
        String told = haproxy.tell("show table app key 127.0.0.3");
        assertTrue(told.contains("server_id=" + (moved.equals("one") ? 11 : 12) + " "), told);
        // So says one that is older than 2.1, too.
        haproxy.tell("set table app key 10.0.0.1 data.server_id 12");
        awaitServer(proxy, "10.0.0.1", "two");

        haproxy.tell(
                "set table counts key theirs data.gpt0 7 data.gpc0_rate 300 data.conn_cur 5"
                        + " data.sess_cnt 70000");
        Await.until(
                "their mark",
                () -> {
                    StickRecord record = entry(proxy, "counts", "theirs");
                    return record != null
                            && Long.valueOf(7).equals(record.values().get(StickDataType.GPT0))
                            && record.values().getOrDefault(StickDataType.GPC0_RATE, 0L) > 200
                            && Long.valueOf(70_000)
                                    .equals(record.values().get(StickDataType.SESS_CNT))
                            // Nobody takes the other's, as between two of HAProxy.
                            && Long.valueOf(0).equals(record.values().get(StickDataType.CONN_CUR));
                });
        StickTable counts = proxy.stickTable("counts");
        StickKeyBuffer ours = counts.newKey();
        ours.setText("ours");
        counts.mark(ours, 2_288, System.nanoTime());
        Await.until(
                "our mark",
                () ->
                        haproxy.tell("show table counts")
                                .lines()
                                .anyMatch(
                                        line ->
                                                line.contains("key=ours ")
                                                        && line.contains("gpt0=2288")));
        Await.until("all is confirmed", () -> proxy.peers().get(0).unconfirmed() == 0);
        assertTrue(haproxy.tell("show peers").contains("id=e(remote,active)"));
        assertTrue(haproxy.tell("show peers").contains("proto_err=0"), haproxy.tell("show peers"));
    }

    /** A group that is configured as before keeps its connections, another one is made anew. */
    @ParameterizedTest
    @EnumSource
    void peersFollowTheConfigurationWhileTheProxyRuns(Transport transport) throws Exception {
        // Only a connects: when both do at once, both connections may end, and another one is made.
        int nobody = TcpServer.unusedPort();
        try (TcpProxy a = proxy(transport, "a", portA, "b", portB);
                TcpProxy b = proxy(transport, "b", portB, "a", nobody)) {
            String server = ask(a, "127.0.0.2");
            awaitServer(b, "127.0.0.2", server);
            a.apply(config("a", portA, "b", portB));
            assertTrue(a.peers().get(0).connected(), "nothing has changed");

            a.apply(config("a", null, "c", portB));
            assertEquals("c", a.peers().get(0).peer());
            Await.until("a has gone", () -> !b.peers().get(0).connected());
            String later = ask(a, "127.0.0.3");
            a.apply(config("a", portA, "b", portB));
            awaitConnected(a);
            awaitServer(b, "127.0.0.3", later);
        }
    }

    @Test
    void whatAPeerHasNotConfirmedIsKnownUnderAnotherConfigurationToo() throws Exception {
        try (TcpProxy a = proxy(Transport.best(), "a", portA, "b", portB)) {
            try (TcpProxy b = proxy(Transport.best(), "b", portB, "a", portA)) {
                awaitServer(b, "127.0.0.2", ask(a, "127.0.0.2"));
                Await.until("it is confirmed", () -> a.peers().get(0).unconfirmed() == 0);
            }
            Await.until("b is away", () -> !a.peers().get(0).connected());
            String alone = ask(a, "127.0.0.3");
            a.apply(config("a", null, "b", portB));
            assertEquals(1, a.peers().get(0).unconfirmed());
            try (TcpProxy b = proxy(Transport.best(), "b", portB, "a", portA)) {
                awaitServer(b, "127.0.0.3", alone);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPortInUseStopsTheStart(Transport transport) throws Exception {
        try (TcpProxy first = proxy(transport, "a", portA, "b", portB)) {
            assertEquals(1, first.peers().size());
            ProxyStartException refused =
                    assertThrows(
                            ProxyStartException.class,
                            () -> proxy(transport, "b", portA, "a", portA));
            assertTrue(
                    refused.getMessage().startsWith("Peers mesh cannot listen on 127.0.0.1:"),
                    refused.getMessage());
        }
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.RedisConfig;
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
import io.evenkeel.lb.netty.redis.RedisWarmUp;
import io.evenkeel.lb.peers.PeerState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proxies that share their stick tables through a real Redis send a client to the same server. */
class StoreExchangeTest {
    private static final StickTableConfig ADDRESSES = addresses(Duration.ofMinutes(5));

    @TempDir static Path directory;
    private static RedisProcess shared;

    private TcpServer one;
    private TcpServer two;
    private String prefix;
    private final List<TcpProxy> proxies = new ArrayList<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @BeforeAll
    static void startRedis() throws Exception {
        shared = RedisProcess.start(directory);
        RedisWarmUp.connect(shared.port());
    }

    @AfterAll
    static void stopRedis() {
        shared.close();
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        one = TcpServer.named("one");
        two = TcpServer.named("two");
        prefix = test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
        prefix = prefix.replaceAll("[^a-zA-Z0-9]", "");
        shared.tell("FLUSHALL");
    }

    @AfterEach
    void stop() throws Exception {
        proxies.forEach(TcpProxy::close);
        one.close();
        two.close();
    }

    private static StickTableConfig addresses(Duration expire) {
        return StickTableConfig.builder(StickKeyType.ip(), 1024)
                .expire(expire)
                .store(StickDataType.GPT0)
                .peers("mesh")
                .build();
    }

    private RedisConfig.Builder redis(int port) {
        // Lettuce's classes may take their time when the first connection is made.
        return RedisConfig.builder("127.0.0.1", port)
                .prefix(prefix)
                .timeout(Duration.ofSeconds(20));
    }

    private ProxyConfig config(String name, RedisConfig store, StickTableConfig table) {
        BackendConfig app =
                BackendConfig.builder("app")
                        .servers(
                                List.of(
                                        ServerConfig.builder("one", "127.0.0.1", one.port())
                                                .build(),
                                        ServerConfig.builder("two", "127.0.0.1", two.port())
                                                .build()))
                        .stickTable(table)
                        .stickiness(
                                table.keyType().equals(StickKeyType.ip())
                                        ? Stickiness.on(StickKeySource.SOURCE)
                                        : Stickiness.NONE)
                        .build();
        FrontendConfig web =
                FrontendConfig.builder("web").bind("127.0.0.1", 0).defaultBackend("app").build();
        return ProxyConfig.builder()
                .frontends(web)
                .backends(app)
                .peers(List.of(PeersConfig.builder("mesh", name).store(store).build()))
                .build();
    }

    private TcpProxy proxy(Transport transport, ProxyConfig config) throws ProxyStartException {
        String name = config.peers().get(0).localPeer();
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(config)
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
                                        events.add(name + " " + connected + " " + cause);
                                    }
                                })
                        .build();
        proxies.add(proxy);
        proxy.start();
        return proxy;
    }

    private TcpProxy proxy(String name, int port) throws ProxyStartException {
        return proxy(Transport.best(), config(name, redis(port).build(), ADDRESSES));
    }

    private static String ask(TcpProxy proxy, String from) throws Exception {
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            client.setSoTimeout(10_000);
            client.connect(proxy.boundAddresses("web").get(0), 10_000);
            return new String(client.getInputStream().readAllBytes());
        }
    }

    private static @Nullable String server(TcpProxy proxy, String client) {
        StickTable table = proxy.stickTable("app");
        StickRecord record =
                table.entry(StickKey.parse(StickKeyType.ip(), client), System.nanoTime());
        return record == null ? null : record.server();
    }

    private static void awaitServer(TcpProxy proxy, String client, String server) throws Exception {
        Await.until(client + " is on " + server, () -> server.equals(server(proxy, client)));
    }

    private static PeerState state(TcpProxy proxy) {
        return proxy.peers().get(0);
    }

    private static void awaitCalm(TcpProxy proxy) throws Exception {
        Await.until(
                "all is confirmed",
                () -> state(proxy).connected() && state(proxy).unconfirmed() == 0);
    }

    private static StickKeyBuffer key(TcpProxy proxy, String client) {
        StickKeyBuffer key = proxy.stickTable("app").newKey();
        key.setKey(StickKey.parse(StickKeyType.ip(), client));
        return key;
    }

    /** It would wait for the thread that it is called on. */
    @Test
    void whatAnObserverMayNotCallIsRefusedOnTheThreadOfTheStoreToo() throws Exception {
        AtomicReference<TcpProxy> running = new AtomicReference<>();
        BlockingQueue<Throwable> refusals = new LinkedBlockingQueue<>();
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(config("one", redis(shared.port()).build(), ADDRESSES))
                        .drainTimeout(Duration.ZERO)
                        .observer(
                                new ProxyObserver() {
                                    @Override
                                    public void onPeerChange(
                                            String group,
                                            String other,
                                            boolean connected,
                                            String cause) {
                                        try {
                                            running.get().close();
                                        } catch (IllegalStateException e) {
                                            refusals.add(e);
                                        }
                                    }
                                })
                        .build();
        proxies.add(proxy);
        running.set(proxy);
        proxy.start();
        Throwable refusal = refusals.poll(30, TimeUnit.SECONDS);
        assertNotNull(refusal, "it was closed on the thread of the store");
        assertTrue(
                refusal.getMessage().startsWith("TcpProxy.close was called on evenkeel-lb-redis-"),
                refusal.getMessage());
        awaitCalm(proxy);
        assertEquals(1, proxy.boundAddresses("web").size());
    }

    @Test
    void anAuthorityFileThatIsMissingIsSaidEachTimeItIsApplied() throws Exception {
        TcpProxy proxy = proxy("one", shared.port());
        Path missing = directory.resolve("missing.pem");
        ProxyConfig next =
                config(
                        "one",
                        redis(shared.port()).tls(true).caFile(missing.toString()).build(),
                        ADDRESSES);
        for (int i = 0; i < 2; i++) {
            ProxyStartException refused =
                    assertThrows(ProxyStartException.class, () -> proxy.apply(next));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains(missing.toString()),
                    refused.getMessage());
        }
    }

    /** Lettuce would keep the buffers of connections that are being made; see {@link NoLeaks}. */
    @Test
    void closingWhileItConnectsLeavesNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            proxy("one", shared.port()).close();
        }
        assertEquals(20, proxies.size());
    }

    @ParameterizedTest
    @EnumSource
    void aClientComesToItsServerThroughAnyOfThreeNodes(Transport transport) throws Exception {
        RedisConfig store = redis(shared.port()).build();
        TcpProxy a = proxy(transport, config("a", store, ADDRESSES));
        TcpProxy b = proxy(transport, config("b", store, ADDRESSES));
        for (int i = 2; i < 10; i++) {
            String client = "127.0.0." + i;
            TcpProxy first = i % 2 == 0 ? a : b;
            TcpProxy second = i % 2 == 0 ? b : a;
            String server = ask(first, client);
            awaitServer(second, client, server);
            assertEquals(server, ask(second, client));
        }
        TcpProxy c = proxy(transport, config("c", store, ADDRESSES));
        Await.until("it learns all there is", () -> c.stickTable("app").size() == 8);
        for (int i = 2; i < 10; i++) {
            String client = "127.0.0." + i;
            assertEquals(Objects.requireNonNull(server(a, client)), ask(c, client));
        }
        String moved = ask(c, "127.0.0.2").equals("one") ? "two" : "one";
        c.stickTable("app").store(key(c, "127.0.0.2"), moved, System.nanoTime());
        c.stickTable("app").mark(key(c, "127.0.0.3"), 7, System.nanoTime());
        c.stickTable("app").remove(key(c, "127.0.0.4").toKey(), System.nanoTime());
        for (TcpProxy other : List.of(a, b)) {
            awaitServer(other, "127.0.0.2", moved);
            Await.until(
                    "the mark",
                    () ->
                            other.stickTable("app")
                                            .value(
                                                    key(other, "127.0.0.3"),
                                                    StickDataType.GPT0,
                                                    System.nanoTime())
                                    == 7);
            Await.until("it is removed", () -> server(other, "127.0.0.4") == null);
        }
        awaitCalm(c);
        assertEquals(0, state(c).oldestNanos());
        assertEquals(store.toString(), state(c).peer());
        assertTrue(events.contains("a true "), events.toString());
    }

    @Test
    void aNameThatIsTakenInRedisStopsNothingElse() throws Exception {
        String taken = prefix + ":app:ip:127.0.0.2";
        shared.tell("SET " + taken + " text");
        TcpProxy a = proxy("a", shared.port());
        TcpProxy b = proxy("b", shared.port());
        awaitCalm(a);
        awaitCalm(b);
        ask(a, "127.0.0.2");
        awaitServer(b, "127.0.0.3", ask(a, "127.0.0.3"));
        awaitCalm(a);
        assertEquals("+string", shared.tell("TYPE " + taken));
        Await.until("both have said that they are connected", () -> events.size() >= 2);
        assertEquals(2, events.size(), events.toString());
    }

    @Test
    void aStoreThatIsKilledAndStartsEmptyStopsNobodyAndIsFilledAgain() throws Exception {
        RedisProcess redis = RedisProcess.start(directory);
        try {
            TcpProxy a = proxy("a", redis.port());
            TcpProxy b = proxy("b", redis.port());
            String before = ask(a, "127.0.0.2");
            awaitServer(b, "127.0.0.2", before);
            awaitCalm(a);
            redis.close();
            Await.until("it is away", () -> !state(a).connected() && !state(b).connected());
            List<String> meanwhile = new ArrayList<>();
            for (int i = 3; i < 100; i++) {
                meanwhile.add(ask(i % 2 == 0 ? a : b, "127.0.0." + i));
            }
            assertEquals(before, ask(b, "127.0.0.2"));
            assertEquals(97, state(a).unconfirmed() + state(b).unconfirmed());
            assertTrue(state(a).oldestNanos() > 0);
            redis = RedisProcess.startAt(redis.port(), directory);
            awaitCalm(a);
            awaitCalm(b);
            TcpProxy c = proxy("c", redis.port());
            Await.until("all that there was and is", () -> c.stickTable("app").size() == 98);
            assertEquals(before, ask(c, "127.0.0.2"));
            for (int i = 3; i < 100; i++) {
                String client = "127.0.0." + i;
                awaitServer(i % 2 == 0 ? b : a, client, meanwhile.get(i - 3));
            }
        } finally {
            redis.close();
        }
    }

    @Test
    void aStoreThatHangsStopsNobody() throws Exception {
        try (RedisProcess redis = RedisProcess.start(directory)) {
            RedisConfig store = redis(redis.port()).timeout(Duration.ofSeconds(1)).build();
            TcpProxy a = proxy(Transport.best(), config("a", store, ADDRESSES));
            TcpProxy b = proxy("b", redis.port());
            awaitCalm(a);
            awaitCalm(b);
            redis.setHung(true);
            for (int i = 2; i < 50; i++) {
                ask(a, "127.0.0." + i);
            }
            assertEquals(48, state(a).unconfirmed());
            Await.until("it counts as away", () -> !state(a).connected());
            assertEquals("it has not answered for 1000 ms", state(a).detail());
            assertTrue(state(a).oldestNanos() > 500_000_000);
            ask(a, "127.0.0.50");
            redis.setHung(false);
            Await.until("b knows all", () -> b.stickTable("app").size() == 49);
            awaitCalm(a);
        }
    }

    @Test
    void entriesThatNobodyUsesGoInTheStoreToo() throws Exception {
        RedisConfig store = redis(shared.port()).build();
        StickTableConfig brief = addresses(Duration.ofSeconds(1));
        TcpProxy a = proxy(Transport.best(), config("a", store, brief));
        TcpProxy b = proxy(Transport.best(), config("b", store, brief));
        awaitCalm(a);
        awaitCalm(b);
        Await.until(
                "all have it at once",
                () -> {
                    ask(a, "127.0.0.2");
                    return shared.size() == 1 && server(b, "127.0.0.2") != null;
                });
        Await.until("it is gone there", () -> shared.size() == 0);
        Await.until("and here", () -> server(b, "127.0.0.2") == null);
    }

    @Test
    void tablesThatAreNotAlikeAreNotMixed() throws Exception {
        RedisConfig store = redis(shared.port()).build();
        StickTableConfig other =
                StickTableConfig.builder(StickKeyType.string(20), 10)
                        .expire(Duration.ofMinutes(1))
                        .peers("mesh")
                        .build();
        TcpProxy a = proxy(Transport.best(), config("a", store, ADDRESSES));
        TcpProxy b = proxy(Transport.best(), config("b", store, other));
        ask(a, "127.0.0.2");
        StickKeyBuffer text = b.stickTable("app").newKey();
        text.setText("127.0.0.2");
        b.stickTable("app").store(text, "none", System.nanoTime());
        awaitCalm(a);
        awaitCalm(b);
        assertEquals(2, shared.size());
        assertEquals(":1", shared.tell("EXISTS " + prefix + ":app:ip:127.0.0.2"));
        assertEquals(":1", shared.tell("EXISTS " + prefix + ":app:string-20:127.0.0.2"));
        assertEquals(1, b.stickTable("app").size());
    }

    @Test
    void whoLogsInWrongIsToldWhatTheServerSays() throws Exception {
        List<String> options =
                List.of(
                        ("--user lb on >secret ~P:* &P:* +@read +@write +@pubsub +@scripting"
                                        + " +@connection --user default off")
                                .replace("P", prefix)
                                .split(" "));
        try (RedisProcess redis =
                RedisProcess.startAt(
                        TcpServer.unusedPort(), directory, options.toArray(String[]::new))) {
            RedisConfig.Builder wrong = redis(redis.port()).user("lb").password("guess");
            TcpProxy a = proxy(Transport.best(), config("a", wrong.build(), ADDRESSES));
            // The first attempt may see the connection's end before its cause.
            Await.until(
                    "told what the server says",
                    () -> state(a).detail().startsWith("it answers WRONGPASS"));
            assertTrue(events.take().startsWith("a false it "));
            RedisConfig store = redis(redis.port()).user("lb").password("secret").build();
            a.apply(config("a", store, ADDRESSES));
            String server = ask(a, "127.0.0.2");
            awaitCalm(a);
            TcpProxy b = proxy(Transport.best(), config("b", store, ADDRESSES));
            awaitServer(b, "127.0.0.2", server);
        }
    }

    @Test
    void theServerIsKnownByItsCertificate() throws Exception {
        Path ca = directory.resolve("ca.pem");
        Path key = directory.resolve("key.pem");
        Process made =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:prime256v1",
                                "-nodes",
                                "-days",
                                "2",
                                "-subj",
                                "/CN=redis",
                                "-addext",
                                "subjectAltName=IP:127.0.0.1",
                                "-keyout",
                                key.toString(),
                                "-out",
                                ca.toString())
                        .redirectErrorStream(true)
                        .start();
        assertNotNull(made.getInputStream().readAllBytes());
        assertEquals(0, made.waitFor());
        int tls = TcpServer.unusedPort();
        String[] options = {
            "--tls-port", Integer.toString(tls),
            "--tls-cert-file", ca.toString(),
            "--tls-key-file", key.toString(),
            "--tls-auth-clients", "no"
        };
        try (RedisProcess redis =
                RedisProcess.startAt(TcpServer.unusedPort(), directory, options)) {
            RedisConfig trusting = redis(tls).tls(true).caFile(ca.toString()).build();
            TcpProxy a = proxy(Transport.best(), config("a", trusting, ADDRESSES));
            ask(a, "127.0.0.2");
            awaitCalm(a);
            assertEquals(1, redis.size());
            RedisConfig strange = redis(tls).tls(true).build();
            proxy(Transport.best(), config("b", strange, ADDRESSES));
            String event = events.take();
            while (!event.startsWith("b")) {
                event = events.take();
            }
            assertTrue(event.contains("certification path"), event);
        }
    }
}

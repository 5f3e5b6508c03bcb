package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.server;
import static io.evenkeel.lb.Fixture.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Connections of one key keep to one server. */
class StickyServersTest {
    private final Map<String, StickTable> tables = new HashMap<>();
    private long now = 1;

    @Test
    void aServerThatGoesDownIsReplacedAndItsClientsStayWhereTheyAreWhenItReturns() {
        StickyServers sticky = stickOnSource(Fixture.server("A"), Fixture.server("B"));
        Backend backend = sticky.backend();
        String first = connect(sticky, "192.0.2.1");
        assertEquals(first, connect(sticky, "192.0.2.1"));
        String other = first.equals("A") ? "B" : "A";

        set(backend, first, HealthState.DOWN);
        assertEquals(other, connect(sticky, "192.0.2.1"));
        assertEquals(other, entry("web", "192.0.2.1"), "the entry is rewritten");

        set(backend, first, HealthState.UP);
        for (int i = 0; i < 5; i++) {
            assertEquals(other, connect(sticky, "192.0.2.1"));
        }
    }

    @Test
    void aDrainedServerKeepsItsClientsAndOneInMaintenanceDoesNot() {
        StickyServers sticky = stickOnSource(Fixture.server("A"), Fixture.server("B"));
        Backend backend = sticky.backend();
        String first = connect(sticky, "192.0.2.1");
        String other = first.equals("A") ? "B" : "A";
        backend.setAdminState(server(backend, first), AdminState.DRAIN, now);
        assertEquals(first, connect(sticky, "192.0.2.1"));
        assertEquals(other, connect(sticky, "192.0.2.2"), "new ones do not come");
        assertEquals(other, connect(sticky, "192.0.2.3"));
        backend.setAdminState(server(backend, first), AdminState.READY, now);
        backend.setWeight(server(backend, first), 0, now);
        assertEquals(first, connect(sticky, "192.0.2.1"));
        backend.setAdminState(server(backend, first), AdminState.MAINTENANCE, now);
        assertEquals(other, connect(sticky, "192.0.2.1"));
    }

    @Test
    void aServerWhoseFirstCheckIsDueLosesNoEntry() {
        StickyServers sticky =
                stickOnSource(Fixture.server("A").check(Fixture.CHECK), Fixture.server("B"));
        table("web").store(address("web", "192.0.2.1"), "A", now);
        assertEquals("B", connect(sticky, "192.0.2.1"), "it may not be used before");
        assertEquals("A", entry("web", "192.0.2.1"));
        set(sticky.backend(), "A", HealthState.UP);
        assertEquals("A", connect(sticky, "192.0.2.1"));
        set(sticky.backend(), "A", HealthState.DOWN);
        assertEquals("B", connect(sticky, "192.0.2.1"));
        assertEquals("B", entry("web", "192.0.2.1"));
    }

    @Test
    void aServerThatIsGoneFromTheConfigurationIsReplaced() {
        StickyServers sticky = stickOnSource(Fixture.server("A"));
        table("web").store(address("web", "192.0.2.1"), "old", now);
        assertEquals("A", connect(sticky, "192.0.2.1"));
        assertEquals("A", entry("web", "192.0.2.1"));
    }

    @Test
    void aServerThatCouldNotBeReachedIsReplacedByTheOneThatCould() {
        StickyServers sticky = stickOnSource(Fixture.server("A"), Fixture.server("B"));
        table("web").store(address("web", "192.0.2.1"), "A", now);
        StickyConnection connection = sticky.connection(source("192.0.2.1"));
        assertEquals(server(sticky.backend(), "A"), connection.match(now));
        connection.store(server(sticky.backend(), "B"), now);
        assertEquals("B", entry("web", "192.0.2.1"));
    }

    @Test
    void clientsGoBackFromABackupOnlyWherePrimariesArePreferred() {
        for (boolean prefer : new boolean[] {false, true}) {
            tables.clear();
            Stickiness stickiness =
                    Stickiness.builder()
                            .rule(StickRule.on(StickKeySource.SOURCE))
                            .preferPrimary(prefer)
                            .build();
            StickyServers sticky =
                    sticky(stickiness, Fixture.server("A"), Fixture.server("B").backup(true));
            set(sticky.backend(), "A", HealthState.DOWN);
            assertEquals("B", connect(sticky, "192.0.2.1"));
            assertEquals("B", connect(sticky, "192.0.2.1"));
            set(sticky.backend(), "A", HealthState.UP);
            assertEquals(prefer ? "A" : "B", connect(sticky, "192.0.2.1"));
            assertEquals(prefer ? "A" : "B", entry("web", "192.0.2.1"));
        }
    }

    @Test
    void aServerThatNothingSticksToIsNotStored() {
        StickyServers sticky = stickOnSource(Fixture.server("A").sticky(false));
        assertEquals("A", connect(sticky, "192.0.2.1"));
        assertNull(entry("web", "192.0.2.1"));
    }

    @Test
    void ofConnectionsAtOnceTheFirstToArriveCounts() {
        StickyServers sticky = stickOnSource(Fixture.server("A"), Fixture.server("B"));
        Server a = server(sticky.backend(), "A");
        Server b = server(sticky.backend(), "B");
        StickyConnection one = sticky.connection(source("192.0.2.1"));
        StickyConnection two = sticky.connection(source("192.0.2.1"));
        assertNull(one.match(now));
        assertNull(two.match(now));
        assertEquals(b, two.store(b, now));
        assertEquals(b, one.store(a, now), "the key has a server meanwhile");
        assertEquals("B", connect(sticky, "192.0.2.1"));
    }

    @Test
    void ofManyFirstConnectionsAtOnceAllGoToOneServerIfItIsStoredWhenPicked() throws Exception {
        StickyServers sticky =
                stickOnSource(Fixture.server("A"), Fixture.server("B"), Fixture.server("C"));
        for (int client = 1; client <= 50; client++) {
            String address = "192.0.2." + client;
            Set<Server> used = Collections.synchronizedSet(new HashSet<>());
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(
                        new Thread(
                                () -> {
                                    StickyConnection connection =
                                            sticky.connection(source(address));
                                    Server matched = connection.match(now);
                                    try (Lease lease = pick(sticky.backend(), matched)) {
                                        start.countDown();
                                        used.add(connection.store(lease.server(), now));
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

    /** As HAProxy's manual has it: SMTP follows POP. */
    @Test
    void oneBackendFollowsTheTableOfAnother() {
        tables.put(
                "pop",
                new StickTable("pop", StickTableConfig.builder(StickKeyType.ip(), 10).build(), 1));
        StickyServers pop =
                new StickyServers(
                        backend(
                                "pop",
                                Stickiness.builder()
                                        .rule(
                                                new StickRule(
                                                        StickRule.Kind.STORE_REQUEST,
                                                        StickKeySource.SOURCE,
                                                        "pop"))
                                        .build()),
                        tables::get);
        StickyServers smtp =
                new StickyServers(
                        backend(
                                "smtp",
                                Stickiness.builder()
                                        .rule(
                                                new StickRule(
                                                        StickRule.Kind.MATCH,
                                                        StickKeySource.SOURCE,
                                                        "pop"))
                                        .build()),
                        tables::get);
        for (int i = 0; i < 4; i++) {
            String last = connect(pop, "192.0.2.1");
            assertEquals(last, connect(smtp, "192.0.2.1"), "the one that POP used last");
            assertEquals(last, entry("pop", "192.0.2.1"), "SMTP stores nothing");
        }
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndTheFirstThatHasAKeyIsStored() {
        StickTable byName =
                new StickTable(
                        "names", StickTableConfig.builder(StickKeyType.string(32), 10).build(), 1);
        tables.put("names", byName);
        Stickiness stickiness =
                Stickiness.builder()
                        .rule(new StickRule(StickRule.Kind.ON, StickKeySource.SNI, "names"))
                        .rule(new StickRule(StickRule.Kind.ON, StickKeySource.APPLICATION, "names"))
                        .rule(StickRule.on(StickKeySource.SOURCE))
                        .build();
        StickyServers sticky = sticky(stickiness, Fixture.server("A"), Fixture.server("B"));
        StickKeyBuffer name = byName.newKey();
        name.setText("example.net");
        byName.store(name, "B", now);
        table("web").store(address("web", "192.0.2.1"), "A", now);

        assertEquals("B", connect(sticky, keys("example.net", "x", "192.0.2.1")));
        assertEquals("B", entry("web", "192.0.2.1"), "the rule after it is stored too");
        name.setText("x");
        assertNull(byName.match(name, now), "one key of each table is stored");
        assertEquals("B", connect(sticky, keys("", "x", "192.0.2.1")), "by the source");
        assertEquals("B", byName.match(name, now), "there is no better name");
    }

    @Test
    void serversMayBeCalledByTheirAddress() {
        StickTableConfig config =
                StickTableConfig.builder(StickKeyType.ip(), 10)
                        .serverKey(StickServerKey.ADDRESS)
                        .build();
        tables.put("web", new StickTable("web", config, 1));
        StickyServers sticky =
                new StickyServers(
                        new Backend(
                                BackendConfig.builder("web")
                                        .stickTable(config)
                                        .stickiness(Stickiness.on(StickKeySource.SOURCE))
                                        .server(
                                                ServerConfig.builder("a", "2001:db8::1", 80)
                                                        .build())
                                        .build()),
                        tables::get);
        assertEquals("a", connect(sticky, "192.0.2.1"));
        assertEquals("[2001:db8::1]:80", entry("web", "192.0.2.1"));
        assertEquals(
                "web.example:80#2",
                StickServerKey.ADDRESS.of(
                        ServerConfig.builder("w2", "web.example", 80).addressNumber(2).build()));
        assertEquals("a", connect(sticky, "192.0.2.1"));
    }

    @Test
    void aServerThatIsFoundByNameIsStoredByTheAddressThatItHas() {
        StickTableConfig config =
                StickTableConfig.builder(StickKeyType.ip(), 10)
                        .serverKey(StickServerKey.ADDRESS)
                        .build();
        tables.put("web", new StickTable("web", config, 1));
        StickyServers sticky =
                new StickyServers(
                        new Backend(
                                BackendConfig.builder("web")
                                        .stickTable(config)
                                        .stickiness(Stickiness.on(StickKeySource.SOURCE))
                                        .server(
                                                ServerConfig.builder("a", "web.example", 80)
                                                        .resolution(ServerResolution.by("dns"))
                                                        .build())
                                        .build()),
                        tables::get);
        Server server = sticky.backend().servers().get(0);
        IpAddress ip = Objects.requireNonNull(IpAddress.parse("192.0.2.7"));
        sticky.backend().setAddress(server, new ServerAddress(ip, 80), "found", now);
        assertEquals("a", connect(sticky, "192.0.2.1"));
        assertEquals("192.0.2.7:80", entry("web", "192.0.2.1"));
        assertEquals(server, sticky.connection(source("192.0.2.1")).match(now));
    }

    @Test
    void aConnectionWithoutAKeyGoesWhereTheBalanceSays() {
        StickyServers sticky = stickOnSource(Fixture.server("A"));
        assertEquals("A", connect(sticky, (source, buffer) -> false));
        assertEquals(0, table("web").size());
    }

    @Test
    void aFullServerIsNotReplacedByItself() {
        StickyServers sticky = stickOnSource(Fixture.server("A").maxConnections(1));
        Lease held = Fixture.pick(sticky.backend());
        table("web").store(address("web", "192.0.2.1"), "A", now);
        Server matched = sticky.connection(source("192.0.2.1")).match(now);
        assertNotNull(matched);
        assertNull(sticky.backend().pick(request(matched), now));
        held.close();
        assertNotNull(sticky.backend().pick(request(matched), now));
    }

    @Test
    void aTableThatIsMissingIsNamed() {
        Backend backend = backend("web", Stickiness.builder().build());
        assertEquals(false, new StickyServers(backend, name -> null).hasRules());
        Backend other =
                backend(
                        "web",
                        Stickiness.builder()
                                .rule(
                                        new StickRule(
                                                StickRule.Kind.ON, StickKeySource.SOURCE, "pop"))
                                .build());
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new StickyServers(other, name -> null));
        assertEquals(
                "There is no stick table pop, which 'stick on src table pop' of backend web needs",
                refused.getMessage());
    }

    private String connect(StickyServers sticky, String address) {
        return connect(sticky, source(address));
    }

    private String connect(StickyServers sticky, StickKeys keys) {
        now++;
        StickyConnection connection = sticky.connection(keys);
        Server matched = connection.match(now);
        Backend backend = sticky.backend();
        try (Lease lease = pick(backend, matched)) {
            connection.store(lease.server(), now);
            return lease.server().name();
        }
    }

    private Lease pick(Backend backend, Server sticky) {
        return Objects.requireNonNull(backend.pick(request(sticky), now));
    }

    private static PickRequest request(Server sticky) {
        return new PickRequest() {
            @Override
            public Server stickyServer() {
                return sticky;
            }
        };
    }

    private StickyServers stickOnSource(ServerConfig.Builder... servers) {
        return sticky(Stickiness.on(StickKeySource.SOURCE), servers);
    }

    private StickyServers sticky(Stickiness stickiness, ServerConfig.Builder... servers) {
        StickTableConfig config = StickTableConfig.builder(StickKeyType.ip(), 100).build();
        tables.put("web", new StickTable("web", config, 1));
        return new StickyServers(
                new Backend(
                        Fixture.config(servers).stickTable(config).stickiness(stickiness).build()),
                tables::get);
    }

    private static Backend backend(String name, Stickiness stickiness) {
        return new Backend(
                BackendConfig.builder(name)
                        .stickiness(stickiness)
                        .server(Fixture.server("s1").build())
                        .server(Fixture.server("s2").build())
                        .build());
    }

    private StickTable table(String name) {
        return Objects.requireNonNull(tables.get(name));
    }

    private StickKeyBuffer address(String table, String address) {
        StickKeyBuffer key = table(table).newKey();
        key.setKey(StickKey.parse(StickKeyType.ip(), address));
        return key;
    }

    private String entry(String table, String address) {
        StickRecord record = table(table).entry(address(table, address).toKey(), now);
        return record == null ? null : record.server();
    }

    private static StickKeys source(String address) {
        return keys("", "", address);
    }

    private static StickKeys keys(String sni, String application, String source) {
        return (what, buffer) ->
                switch (what) {
                    case SNI -> buffer.setText(sni);
                    case APPLICATION -> buffer.setText(application);
                    case SOURCE ->
                            buffer.setAddress(StickKey.parse(StickKeyType.ip(), source).toBytes());
                    default -> false;
                };
    }
}

package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Stick tables and rules as configuration. */
class StickinessTest {
    private static final StickTableConfig ADDRESSES =
            StickTableConfig.builder(StickKeyType.ip(), 1000).build();
    private static final StickTableConfig NUMBERS =
            StickTableConfig.builder(StickKeyType.integer(), 1000).build();

    @Test
    void everyProblemOfATableIsNamed() {
        problems(
                () ->
                        StickTableConfig.builder(StickKeyType.ip(), 0)
                                .expire(Duration.ofDays(25))
                                .store(StickDataType.CONN_RATE)
                                .store(StickDataType.GPC0, Duration.ofSeconds(1))
                                .build(),
                "stickTable.size: is 0, but must be at least 1",
                "stickTable.expire: is PT600H, but must be from 0 (no limit) to 2147483647 ms",
                "stickTable.store[conn_rate].period: is PT0S, but must be above 0 and at most"
                        + " 2147483647 ms",
                "stickTable.store[gpc0].period: is PT1S, but only a rate has one; leave it out");
        problems(
                () -> StickKeyType.string(0),
                "stickTable.type.length: is 0, but must be from 1 to 65535");
        problems(
                () -> new StickKeyType(StickKeyType.Kind.IPV6, 4),
                "stickTable.type.length: is 4, but must be from 16 to 16");
    }

    @Test
    void rulesMustFitTheirTable() {
        problems(
                () -> backend("web", null, StickRule.on(StickKeySource.SOURCE)),
                "backend[web].stickiness[stick on src]: there is no stick table in this backend;"
                        + " define one, or name another's");
        problems(
                () -> backend("web", ADDRESSES, StickRule.on(StickKeySource.SNI)),
                "backend[web].stickiness[stick on req.ssl_sni]: the keys of the stick table are of"
                        + " type ip, and none is made of req.ssl_sni; use a table of another type");
        StickRule elsewhere = new StickRule(StickRule.Kind.MATCH, StickKeySource.SOURCE, "pop");
        problems(
                () -> new ProxyConfig(List.of(), List.of(backend("web", null, elsewhere))),
                "proxy.backend[web].stickiness[stick match src table pop]: there is no stick table"
                        + " 'pop'; define it, or name another");
        problems(
                () ->
                        new ProxyConfig(
                                List.of(),
                                List.of(backend("web", null, elsewhere), backend("pop", NUMBERS))),
                "proxy.backend[web].stickiness[stick match src table pop]: the keys of the stick"
                        + " table are of type integer, and none is made of src; use a table of"
                        + " another type");
        ProxyConfig proxy =
                new ProxyConfig(
                        List.of(frontend("pop", ADDRESSES)),
                        List.of(backend("web", ADDRESSES, elsewhere)));
        assertEquals(Set.of("pop", "web"), proxy.stickTables().keySet());
    }

    @Test
    void aFrontendAndABackendOfOneNameShareNoTable() {
        problems(
                () ->
                        new ProxyConfig(
                                List.of(frontend("web", ADDRESSES)),
                                List.of(backend("web", ADDRESSES))),
                "proxy.frontend[web].stickTable: the backend of the same name has a stick table,"
                        + " which is called so; remove one of the two");
    }

    @Test
    void configurationsAreValues() {
        values(() -> StickTableConfig.builder(StickKeyType.ip(), 5).nopurge(true).build());
        values(() -> Stickiness.builder().rule(StickRule.on(StickKeySource.SOURCE)).build());
        values(() -> Stickiness.builder().preferPrimary(true).storeAtPick(true).build());
        values(() -> backend("web", ADDRESSES, StickRule.on(StickKeySource.SOURCE)));
        values(() -> frontend("web", ADDRESSES));
        ServerConfig.Builder server = ServerConfig.builder("a", "192.0.2.1", 80);
        ServerConfig sticky = server.build();
        assertNotEquals(sticky, server.sticky(false).build());
        assertEquals(server.build(), server.build().toBuilder().build());
        assertNotEquals(Stickiness.NONE, Stickiness.builder().storeAtPick(true).build());
        assertNotEquals(ADDRESSES, NUMBERS);
        assertNotEquals(backend("web", ADDRESSES), backend("web", NUMBERS));
        assertNotEquals(
                backend("web", ADDRESSES),
                backend("web", ADDRESSES, StickRule.on(StickKeySource.SOURCE)));
        assertNotEquals(frontend("web", ADDRESSES), frontend("web", null));
        assertEquals("[stick on src]", Stickiness.on(StickKeySource.SOURCE).toString());
        assertEquals("stick-table type ip size 1000", ADDRESSES.toString());
        assertEquals(Set.of(StickKeySource.SOURCE), Stickiness.on(StickKeySource.SOURCE).sources());
    }

    private static void values(Supplier<Object> made) {
        assertEquals(made.get(), made.get());
        assertEquals(made.get().hashCode(), made.get().hashCode());
        assertNotEquals(made.get(), "something else");
    }

    private static BackendConfig backend(String name, StickTableConfig table, StickRule... rules) {
        return BackendConfig.builder(name)
                .stickTable(table)
                .stickiness(Stickiness.builder().rules(List.of(rules)).build())
                .build();
    }

    private static FrontendConfig frontend(String name, StickTableConfig table) {
        return FrontendConfig.builder(name)
                .bind("127.0.0.1", 80)
                .defaultBackend("web")
                .stickTable(table)
                .build();
    }

    private static void problems(Executable executable, String... expected) {
        InvalidConfigException e = assertThrows(InvalidConfigException.class, executable);
        assertEquals(
                List.of(expected), e.problems().stream().map(ConfigProblem::toString).toList());
    }
}

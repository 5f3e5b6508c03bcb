package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A configuration is what it says: the same again is equal, and each setting makes another. */
class EqualityTest {
    private static void assertDiffer(List<List<Object>> sameInEachRow) {
        for (List<Object> row : sameInEachRow) {
            for (Object one : row) {
                assertEquals(row.get(0), one);
                assertEquals(row.get(0).hashCode(), one.hashCode());
                assertNotEquals(one, "something else");
                for (List<Object> other : sameInEachRow) {
                    if (other != row) {
                        assertNotEquals(one, other.get(0));
                    }
                }
            }
        }
        Set<String> texts =
                sameInEachRow.stream()
                        .map(row -> row.get(0).getClass().getName())
                        .collect(Collectors.toSet());
        assertEquals(1, texts.size(), "one kind at a time");
    }

    private static AgentConfig.Builder agent() {
        return AgentConfig.builder(9000);
    }

    @Test
    void agents() {
        assertDiffer(
                List.of(
                        List.of(agent().build(), agent().build()),
                        List.of(AgentConfig.builder(9001).build()),
                        List.of(agent().host("192.0.2.9").build()),
                        List.of(agent().inter(Duration.ofSeconds(7)).build()),
                        List.of(agent().send("who\n").build())));
        assertEquals("agent at :9000", agent().build().toString());
        assertEquals("agent at 192.0.2.9:9000", agent().host("192.0.2.9").build().toString());
    }

    @Test
    void outliers() {
        assertDiffer(
                List.of(
                        List.of(OutlierConfig.builder().build(), OutlierConfig.builder().build()),
                        List.of(OutlierConfig.builder().consecutiveErrors(3).build()),
                        List.of(OutlierConfig.builder().interval(Duration.ofSeconds(3)).build())));
    }

    @Test
    void servers() {
        assertDiffer(
                List.of(
                        List.of(Fixture.server("A").build(), Fixture.server("A").build()),
                        List.of(Fixture.server("B").build()),
                        List.of(Fixture.server("A").weight(2).build()),
                        List.of(Fixture.server("A").maxConnections(2).build()),
                        List.of(Fixture.server("A").maxConnections(2).minConnections(1).build()),
                        List.of(Fixture.server("A").maxQueue(1).build()),
                        List.of(Fixture.server("A").slowStart(Duration.ofSeconds(1)).build()),
                        List.of(Fixture.server("A").priority(1).build()),
                        List.of(Fixture.server("A").connect(connecting(1)).build()),
                        List.of(Fixture.server("A").backup(true).build()),
                        List.of(Fixture.server("A").disabled(true).build())));
    }

    private static ConnectConfig connecting(int most) {
        return ConnectConfig.builder().maxConnecting(most).build();
    }

    @Test
    void connects() {
        assertDiffer(
                List.of(
                        List.of(ConnectConfig.builder().build(), ConnectConfig.DEFAULT),
                        List.of(connecting(1), connecting(1)),
                        List.of(connecting(2)),
                        List.of(
                                ConnectConfig.builder()
                                        .source(SourceConfig.of("192.0.2.1"))
                                        .build()),
                        List.of(ConnectConfig.builder().keepAlive(KeepAlive.SYSTEM).build()),
                        List.of(
                                ConnectConfig.builder()
                                        .userTimeout(Duration.ofSeconds(1))
                                        .build())));
    }

    @Test
    void listens() {
        assertDiffer(
                List.of(
                        List.of(ListenConfig.builder().build(), ListenConfig.DEFAULT),
                        List.of(ListenConfig.builder().backlog(1).build()),
                        List.of(ListenConfig.builder().deferAccept(true).build()),
                        List.of(ListenConfig.builder().fastOpen(true).build()),
                        List.of(ListenConfig.builder().maxSegmentBytes(1000).build()),
                        List.of(ListenConfig.builder().device("lo").build()),
                        List.of(ListenConfig.builder().ipv6Only(true).build()),
                        List.of(ListenConfig.builder().transparent(true).build()),
                        List.of(ListenConfig.builder().userTimeout(Duration.ofSeconds(1)).build()),
                        List.of(ListenConfig.builder().keepAlive(KeepAlive.SYSTEM).build())));
    }

    @Test
    void backends() {
        assertDiffer(
                List.of(
                        List.of(Fixture.config().build(), Fixture.config().build()),
                        List.of(Fixture.config(Fixture.server("A")).build()),
                        List.of(Fixture.config().maxConnections(1).build()),
                        List.of(Fixture.config().maxQueue(1).build()),
                        List.of(Fixture.config().fullConnections(1).build()),
                        List.of(Fixture.config().hashAffinity(HashAffinity.MAXCONN).build()),
                        List.of(Fixture.config().overprovisionPercent(100).build()),
                        List.of(Fixture.config().balance(Balance.first()).build())));
    }

    @Test
    void scriptedChecks() {
        assertDiffer(
                List.of(
                        List.of(check("PING", "PONG"), check("PING", "PONG")),
                        List.of(check("PING", "pong")),
                        List.of(check("ping", "PONG"))));
        assertDiffer(
                List.of(
                        List.of(expect("a"), expect("a")),
                        List.of(expect("b")),
                        List.of(
                                TcpExpect.builder(TcpExpect.Match.STRING, "a")
                                        .negated(true)
                                        .build())));
    }

    private static TcpExpect expect(String wanted) {
        return TcpExpect.builder(TcpExpect.Match.STRING, wanted).build();
    }

    private static TcpCheck check(String send, String expect) {
        return TcpCheck.builder()
                .step(TcpConnect.USUAL)
                .step(new TcpSend(send, null))
                .step(expect(expect))
                .build();
    }

    @Test
    void aConnectGoesWhereItSaysElseWhereTheCheckSaysElseToTheServer() {
        ServerConfig server = ServerConfig.builder("s", "192.0.2.1", 80).build();
        CheckConfig plain = CheckConfig.builder().build();
        CheckConfig elsewhere =
                CheckConfig.builder().host("192.0.2.2").port(81).tls(true).sni("s.example").build();
        TcpConnect own = new TcpConnect(false, "192.0.2.3", 82, true, "own.example", false, null);
        assertEquals("192.0.2.1:80", where(TcpConnect.USUAL, server, plain));
        assertEquals("192.0.2.2:81", where(TcpConnect.USUAL, server, elsewhere));
        assertEquals("192.0.2.3:82", where(own, server, elsewhere));
        assertEquals("192.0.2.2:83", where(TcpConnect.toPort(83), server, elsewhere));
        assertEquals("s.example", TcpConnect.USUAL.sni(elsewhere));
        assertEquals("own.example", own.sni(elsewhere));
        assertEquals(true, TcpConnect.USUAL.isTls(elsewhere));
        assertEquals(false, TcpConnect.USUAL.isTls(plain));
        assertEquals(false, TcpConnect.toPort(83).isTls(elsewhere));
        assertEquals(null, TcpConnect.toPort(83).sni(elsewhere));
        assertEquals("connect", TcpConnect.USUAL.description());
        assertEquals("connect to 192.0.2.3 to port 82 over TLS", own.description());
    }

    private static String where(TcpConnect connect, ServerConfig server, CheckConfig check) {
        return connect.host(server, check) + ":" + connect.port(server, check);
    }
}

package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKeySource;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickRule;
import io.evenkeel.lb.StickServerKey;
import io.evenkeel.lb.StickTableConfig;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stick-table and stick lines mean. */
class StickLinesTest {
    static List<Arguments> tables() {
        return List.of(
                Arguments.of("type ip size 1000", table(StickKeyType.ip(), 1000)),
                Arguments.of("size 2k type ipv6", table(StickKeyType.ipv6(), 2048)),
                Arguments.of("type integer size 3m", table(StickKeyType.integer(), 3 << 20)),
                Arguments.of("type string size 1G", table(StickKeyType.string(31), 1 << 30)),
                Arguments.of("type binary size 1G", table(StickKeyType.binary(32), 1 << 30)),
                Arguments.of("type string len 99 size 1K", table(StickKeyType.string(99), 1024)),
                Arguments.of("type binary len 16 size 1", table(StickKeyType.binary(16), 1)),
                Arguments.of("type ip size 5 size 6", table(StickKeyType.ip(), 6)),
                Arguments.of(
                        "type ip size 5 expire 30m nopurge srvkey addr",
                        StickTableConfig.builder(StickKeyType.ip(), 5)
                                .expire(Duration.ofMinutes(30))
                                .nopurge(true)
                                .serverKey(StickServerKey.ADDRESS)
                                .build()),
                Arguments.of(
                        "type ip size 5 expire 0 srvkey name store server_id,",
                        table(StickKeyType.ip(), 5)),
                Arguments.of(
                        "type ip size 5 store conn_cnt,conn_cur,conn_rate(3s),sess_cnt store"
                                + " sess_rate(500),bytes_in_cnt,bytes_in_rate(1m),bytes_out_cnt"
                                + " store bytes_out_rate(1h) store gpc0,gpc0_rate(1d),gpt0 store",
                        StickTableConfig.builder(StickKeyType.ip(), 5)
                                .store(StickDataType.CONN_CNT)
                                .store(StickDataType.CONN_CUR)
                                .store(StickDataType.CONN_RATE, Duration.ofSeconds(3))
                                .store(StickDataType.SESS_CNT)
                                .store(StickDataType.SESS_RATE, Duration.ofMillis(500))
                                .store(StickDataType.BYTES_IN_CNT)
                                .store(StickDataType.BYTES_IN_RATE, Duration.ofMinutes(1))
                                .store(StickDataType.BYTES_OUT_CNT)
                                .store(StickDataType.BYTES_OUT_RATE, Duration.ofHours(1))
                                .store(StickDataType.GPC0)
                                .store(StickDataType.GPC0_RATE, Duration.ofDays(1))
                                .store(StickDataType.GPT0)
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void aTableIsReadSo(String line, StickTableConfig table) {
        assertEquals(table, backend("stick-table " + line, "b").stickTable());
    }

    @Test
    void rulesAreReadInTheirOrder() {
        BackendConfig backend =
                backend(
                        """
                        stick match src table t
                        stick on dst_port table numbers
                        stick store-request req_ssl_sni table names
                        stick on req.ssl_sni table names
                        stick on dst() table b
                        stick-table type ipv6 size 1k
                        """,
                        "b");
        assertEquals(
                List.of(
                        new StickRule(StickRule.Kind.MATCH, StickKeySource.SOURCE, "t"),
                        new StickRule(
                                StickRule.Kind.ON, StickKeySource.DESTINATION_PORT, "numbers"),
                        new StickRule(StickRule.Kind.STORE_REQUEST, StickKeySource.SNI, "names"),
                        new StickRule(StickRule.Kind.ON, StickKeySource.SNI, "names"),
                        new StickRule(StickRule.Kind.ON, StickKeySource.DESTINATION, null)),
                backend.stickiness().rules());
        assertFalse(backend.stickiness().preferPrimary());
    }

    @Test
    void theTableOfAListenSectionIsItsBackends() {
        ProxyConfig proxy =
                read(
                        """
                        listen l
                            bind :81
                            stick-table type ip size 1k
                            stick on src
                            default-server non-stick
                            server a 192.0.2.1:80
                            server b 192.0.2.1:81 stick
                        """);
        BackendConfig backend = Objects.requireNonNull(proxy.backend("l"));
        assertEquals(table(StickKeyType.ip(), 1024), backend.stickTable());
        assertNull(proxy.frontends().get(1).stickTable());
        assertFalse(backend.servers().get(0).sticky());
        assertTrue(backend.servers().get(1).sticky());
    }

    @Test
    void theTableOfAFrontendOfTheSameNameIsMeantToo() {
        ProxyConfig proxy =
                read(
                        "backend f\nstick on dst_port\nstick match dst_port table f\nserver s 192.0.2.1:80\n");
        assertEquals(
                List.of(
                        new StickRule(StickRule.Kind.ON, StickKeySource.DESTINATION_PORT, "f"),
                        new StickRule(StickRule.Kind.MATCH, StickKeySource.DESTINATION_PORT, "f")),
                Objects.requireNonNull(proxy.backend("f")).stickiness().rules());
    }

    private static StickTableConfig table(StickKeyType type, int size) {
        return StickTableConfig.builder(type, size).build();
    }

    private static BackendConfig backend(String lines, String name) {
        return Objects.requireNonNull(
                read("backend b\n" + lines + "\nserver s 192.0.2.1:80\n").backend(name));
    }

    private static ProxyConfig read(String sections) {
        return HaproxyConfigReader.read(
                        "f",
                        "frontend f\nbind :80\ndefault_backend t\nstick-table type integer size 1k\n"
                                + "backend t\nstick-table type ip size 1k\n"
                                + "backend numbers\nstick-table type integer size 1k\n"
                                + "backend names\nstick-table type string size 1k\n"
                                + sections)
                .proxy();
    }
}

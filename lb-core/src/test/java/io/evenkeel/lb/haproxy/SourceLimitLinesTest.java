package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ProxyLimits;
import io.evenkeel.lb.SourceLimitConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines of a frontend, separated by |, limit what, and which are refused. */
class SourceLimitLinesTest {
    private static ProxyConfig read(String global, String table, String lines) {
        return HaproxyConfigReader.read(
                        "haproxy.cfg",
                        """
                        global
                        %s
                        defaults
                        timeout client 1s
                        timeout connect 1s
                        timeout server 1s
                        frontend f
                        bind :80
                        default_backend b
                        %s
                        %s
                        backend b
                        server s 192.0.2.1:80
                        backend t
                        stick-table type ipv6 size 1k store conn_cur
                        """
                                .formatted(
                                        global.replace("|", "\n"),
                                        table,
                                        lines.replace("|", "\n")
                                                .replace("R ", "tcp-request connection ")))
                .proxy();
    }

    private static FrontendConfig frontend(String lines) {
        return read(
                        "",
                        "stick-table type ip size 1k expire 1m store"
                                + " conn_cur,conn_rate(10s),sess_rate(10s)",
                        lines)
                .frontends()
                .get(0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "R track-sc0 src, f, 0, 0, 0",
        "R track-sc0 src|R reject if { src_conn_cur gt 10 }, f, 10, 0, 0",
        "R track-sc0 src|R reject if { src_conn_cur ge 10 }, f, 9, 0, 0",
        "R track-sc0 src|R reject if { sc0_conn_cur(f) ge 10 }, f, 9, 0, 0",
        "R track-sc0 src|R reject if { src_conn_cur(f) ge 10 }, f, 9, 0, 0",
        "R track-sc0 src|R reject if { sc0_conn_rate gt 50 }, f, 0, 50, 0",
        "R track-sc0 src|R reject if { sc_conn_rate(0) ge 50 }, f, 0, 49, 0",
        "R track-sc0 src|R reject if { src_conn_rate gt 50 }, f, 0, 50, 0",
        "R track-sc0 src|R reject if { src_sess_rate gt 50 }, f, 0, 0, 51",
        "R track-sc0 src|R reject if { sc0_sess_rate ge 50 }, f, 0, 0, 50",
        "R track-sc0 src table t|R reject if { src_conn_cur(t) ge 3 }, t, 2, 0, 0",
        "R track-sc0 src table t|R reject if { sc0_conn_cur ge 3 }, t, 2, 0, 0",
        "R track-sc0 src|R reject if { src_conn_cur gt 5 }|R reject if { src_conn_cur gt 3 }|R"
                + " reject if { src_conn_rate gt 7 }, f, 3, 7, 0",
        "R accept if { src 10.0.0.0/8 }|R track-sc0 src|R reject if { src_conn_cur gt 5 }, f, 5, 0,"
                + " 0",
    })
    void limits(String lines, String table, int connections, long arriving, long sessions) {
        assertEquals(
                new SourceLimitConfig(table, connections, arriving, sessions),
                frontend(lines).sourceLimit());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "R reject if { src_conn_cur gt 1 }; of the table that a line",
                "R track-sc0 src|R reject if { src_conn_cur ge 1 }; rejects every connection",
                "R track-sc0 src|R reject if { src_conn_cur(t) gt 1 }; of the table that a line",
                "R track-sc0 src|R reject if { sc_conn_cur(1) gt 1 }; of the table that a line",
                "R track-sc0 src|R reject if { src 10.0.0.1 }; must stand above",
                "R track-sc0 src|R track-sc0 src; once in a section",
                "R track-sc0 src if TRUE; once in a section",
                "R track-sc0 dst; once in a section",
                "R track-sc0 src table nowhere; there is no stick table 'nowhere'",
                "R track-sc0 src table t|R reject if { sc0_conn_rate gt 1 }; does not store conn_rate",
                "R track-sc0 src|R reject if { sc0_gpc0 gt 1 }; must stand above",
            })
    void refuses(String lines, String message) {
        ConfigException refused = assertThrows(ConfigException.class, () -> frontend(lines));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void ratesOfAFrontendAndOfAll() {
        ProxyConfig proxy =
                read(
                        "maxconn 500|maxconnrate 70|maxsessrate 60",
                        "",
                        "rate-limit sessions 50|maxconn 100");
        assertEquals(new ProxyLimits(500, 70, 60), proxy.limits());
        assertEquals(50, proxy.frontends().get(0).maxSessionRate());
        assertEquals(100, proxy.frontends().get(0).maxConnections());
        assertEquals(ProxyLimits.DEFAULT, read("", "", "").limits());
    }
}

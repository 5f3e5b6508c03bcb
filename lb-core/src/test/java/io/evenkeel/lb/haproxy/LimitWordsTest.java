package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.ServerConfig;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the words about limits, queues and slow starts mean together. */
class LimitWordsTest {
    private static BackendConfig backend(String global, String frontend, String backend) {
        String file =
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
                frontend g
                bind :81
                default_backend b
                frontend other
                bind :82
                default_backend c
                maxconn 100000
                backend c
                server s 192.0.2.1:80
                backend b
                %s
                """
                        .formatted(global, frontend, backend);
        return Objects.requireNonNull(
                HaproxyConfigReader.read("haproxy.cfg", file).proxy().backend("b"));
    }

    private static ServerConfig server(String words) {
        return backend("", "", "server s 192.0.2.1:80 " + words).servers().get(0);
    }

    @ParameterizedTest(name = "{0}: limit {1}, at first {2}")
    @CsvSource({
        "maxconn 100, 100, 0",
        "maxconn 100 minconn 10, 100, 10",
        "minconn 10, 10, 0",
        "minconn 10 maxconn 5, 10, 0",
        "minconn 10 maxconn 10, 10, 0",
        "minconn 0 maxconn 10, 10, 0",
        "'', 0, 0",
    })
    void minconnBelowMaxconnMakesALine(String words, int most, int least) {
        assertEquals(most, server(words).maxConnections());
        assertEquals(least, server(words).minConnections());
    }

    @ParameterizedTest(name = "global {0}, frontend {1}, backend {2}: {3}")
    @CsvSource({
        "maxconn 3000, '', '', 600",
        "maxconn 3000, maxconn 1000, '', 400",
        "'', maxconn 1000, '', 300",
        "'', '', '', 400",
        "maxconn 3000, '', fullconn 77, 77",
        "maxconn 1, '', '', 1",
    })
    void fullconnIsATenthOfTheFrontendsThatLeadThere(
            String global, String frontend, String backend, int full) {
        String server = "\nserver s 192.0.2.1:80 minconn 1 maxconn 9";
        assertEquals(full, backend(global, frontend, backend + server).fullConnections());
    }

    @Test
    void aFrontendCountsOnceForEachBackendThatItsRulesAndItsDefaultLeadTo() {
        String file =
                """
                defaults
                timeout client 1s
                timeout connect 1s
                timeout server 1s
                frontend chooses
                bind :80
                maxconn 1000
                use_backend b if { src 10.0.0.0/8 }
                use_backend b if { src 192.0.2.0/24 }
                default_backend b
                frontend also
                bind :81
                maxconn 101
                use_backend b if { src 10.0.0.0/8 }
                default_backend c
                frontend off
                disabled
                bind :82
                maxconn 5000
                default_backend b
                listen own
                bind :83
                maxconn 70
                use_backend b if { src 10.0.0.0/8 }
                server s 192.0.2.1:80 minconn 1 maxconn 9
                backend b
                server s 192.0.2.1:80 minconn 1 maxconn 9
                backend c
                server s 192.0.2.1:80 minconn 1 maxconn 9
                """;
        HaproxyConfig config = HaproxyConfigReader.read("haproxy.cfg", file);
        assertEquals(
                List.of(7, 118, 11),
                config.proxy().backends().stream().map(BackendConfig::fullConnections).toList(),
                "a tenth of 70, of 1000 + 101 + 70 and of 101, rounded up");
    }

    @Test
    void queuesAndSlowStarts() {
        ServerConfig server = server("maxqueue 7 slowstart 1500");
        assertEquals(7, server.maxQueue());
        assertEquals(1_500_000_000L, server.slowStartNanos());
        List<ServerConfig> inherited =
                backend(
                                "",
                                "",
                                "default-server slowstart 30s maxqueue 2 maxconn 4 minconn 1\n"
                                        + "server s 192.0.2.1:80 slowstart 0")
                        .servers();
        assertEquals(0, inherited.get(0).slowStartNanos());
        assertEquals(2, inherited.get(0).maxQueue());
        assertEquals(1, inherited.get(0).minConnections());
    }
}

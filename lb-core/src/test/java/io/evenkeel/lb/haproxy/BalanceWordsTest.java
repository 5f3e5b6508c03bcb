package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.Balance;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.Observation;
import io.evenkeel.lb.ServerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the lines about balancing mean. */
class BalanceWordsTest {
    static List<Arguments> meanings() {
        return List.of(
                Arguments.of("", Balance.roundRobin()),
                Arguments.of("balance roundrobin", Balance.roundRobin()),
                Arguments.of("balance static-rr", Balance.staticRoundRobin()),
                Arguments.of("balance leastconn", Balance.leastConnections()),
                Arguments.of("balance first", Balance.first()),
                Arguments.of("balance random", Balance.powerOfTwo()),
                Arguments.of("balance random(1)", Balance.random()),
                Arguments.of("balance random(4)", Balance.random(4)),
                Arguments.of("balance random()", Balance.powerOfTwo()),
                Arguments.of("balance uri whole", Balance.roundRobin()),
                Arguments.of("balance hash src", Balance.hash(BalanceKey.SOURCE)),
                Arguments.of("balance hash dst", Balance.hash(BalanceKey.DESTINATION)),
                Arguments.of(
                        "balance hash req.ssl_sni\nhash-type consistent",
                        Balance.ring(BalanceKey.SERVER_NAME)),
                Arguments.of("balance hash req.hdr(host)", Balance.hash(BalanceKey.HOST)),
                Arguments.of("balance hash dst\nbalance source", Balance.hash(BalanceKey.SOURCE)),
                Arguments.of("balance source", Balance.hash(BalanceKey.SOURCE)),
                Arguments.of(
                        "balance source\nhash-type map-based", Balance.hash(BalanceKey.SOURCE)),
                Arguments.of(
                        "hash-type consistent\nbalance source", Balance.ring(BalanceKey.SOURCE)),
                Arguments.of(
                        "balance source\nhash-type consistent sdbm avalanche",
                        Balance.ring(BalanceKey.SOURCE)),
                Arguments.of(
                        "balance source\nhash-type consistent\nhash-balance-factor 125",
                        Balance.boundedRing(BalanceKey.SOURCE, 125)),
                Arguments.of(
                        "balance source\nhash-type consistent\nhash-balance-factor 0",
                        Balance.ring(BalanceKey.SOURCE)),
                // Of several, the last one counts.
                Arguments.of("balance leastconn\nbalance first", Balance.first()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("meanings")
    void theLinesMeanTogether(String lines, Balance balance) {
        assertEquals(balance, balance("", lines));
    }

    @Test
    void defaultsAreInheritedAndChangedInPart() {
        String defaults = "balance source\nhash-type consistent\nhash-balance-factor 150";
        assertEquals(Balance.boundedRing(BalanceKey.SOURCE, 150), balance(defaults, ""));
        assertEquals(Balance.ring(BalanceKey.SOURCE), balance(defaults, "hash-balance-factor 0"));
        assertEquals(Balance.leastConnections(), balance(defaults, "balance leastconn"));
    }

    @Test
    void whatFailedConnectsCountFor() {
        String file =
                """
                defaults
                    default-server check observe layer4 error-limit 5
                frontend f
                    bind :80
                    default_backend b
                backend b
                    server a 192.0.2.1:80 on-error mark-down
                    server b 192.0.2.1:81
                    server c 192.0.2.1:82 observe none
                """;
        List<Observation> read = new ArrayList<>();
        HaproxyConfig config = HaproxyConfigReader.read("f", file);
        Objects.requireNonNull(config.proxy().backend("b"))
                .servers()
                .forEach(server -> read.add(Objects.requireNonNull(server.check()).observation()));
        assertEquals(
                Arrays.asList(
                        new Observation(5, Observation.Action.MARK_DOWN),
                        new Observation(5, Observation.Action.FAIL_CHECK),
                        null),
                read);
    }

    private static Balance balance(String defaults, String lines) {
        String file =
                "defaults\n"
                        + defaults
                        + "\nfrontend f\nbind :80\ndefault_backend b\nbackend b\n"
                        + lines
                        + "\nserver s 192.0.2.1:80\n";
        HaproxyConfig config = HaproxyConfigReader.read("f", file);
        return Objects.requireNonNull(config.proxy().backend("b")).balance();
    }

    private static String order(String lines) {
        return HaproxyConfigReader.read("haproxy.cfg", "listen l\nbind :80\n" + lines)
                .proxy()
                .backends()
                .get(0)
                .servers()
                .stream()
                .map(ServerConfig::name)
                .collect(Collectors.joining(" "));
    }

    @Test
    void theFirstServerIsTheOneOfTheLowestNumber() {
        String servers =
                """
                server a 192.0.2.1:80 id 5
                server x 192.0.2.9:80 backup
                server b 192.0.2.2:80
                server y 192.0.2.8:80 backup id 1
                server c 192.0.2.3:80 id 2
                server d 192.0.2.4:80
                """;
        assertEquals("a x b y c d", order(servers));
        assertEquals(
                "c b a d x y", order("balance first\n" + servers), "2, 4, 5, 6 for those without");
        assertEquals("c b a d y x", order("balance first\noption allbackups\n" + servers));
        assertEquals(
                "a b c",
                order(
                        "balance first\nserver a 192.0.2.1:80\nserver b 192.0.2.2:80\n"
                                + "server c 192.0.2.3:80\n"));
    }

    @Test
    void theIdOfATemplateIsThatOfItsFirstServer() {
        String servers =
                """
                server a 192.0.2.1:80
                server b 192.0.2.1:81
                server-template t 3 192.0.2.2:80 id 5
                server x 192.0.2.1:82 id 1000
                server-template v 2 192.0.2.3:80
                """;
        assertEquals(
                "a b t2 t1 t3 v1 v2 x",
                order("balance first\n" + servers),
                "1, 2, 4, 5, 6, 8, 9, 1000");
        assertEquals("a b t1 t2 t3 x v1 v2", order(servers));
    }
}

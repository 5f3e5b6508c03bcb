package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.lb.InitialAddress;
import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.NameserverConfig;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerResolution;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resolvers sections, and the servers that name them. */
class ResolversSectionTest {
    private static final String FILE =
            """
            defaults
                mode tcp
                timeout client 1s
                timeout connect 1s
                timeout server 1s
            resolvers dns
                nameserver a 192.0.2.53:53
            %s
            listen l
                bind :80
                %s
            """;

    private static HaproxyConfig read(String section, String servers) {
        return HaproxyConfigReader.read("f", FILE.formatted(section, servers));
    }

    private static ServerConfig server(String line) {
        return read("", line).proxy().backends().get(0).servers().get(0);
    }

    @Test
    void aSectionSaysWhoIsAskedAndHowLongAnswersCount() {
        HaproxyConfig config =
                read(
                        """
                            nameserver b tcp@[2001:db8::53]:5353
                            nameserver c udp@192.0.2.54:53
                            parse-resolv-conf
                            resolve_retries 5
                            timeout resolve 2s
                            timeout retry 300ms
                            hold valid 20s
                            hold obsolete 40s
                            hold nx 1m
                            hold refused 2m
                            accepted_payload_size 4096
                        """,
                        "server s web:80 resolvers dns");
        assertEquals(
                List.of(
                        ResolversConfig.builder("dns")
                                .nameserver("a", "192.0.2.53", 53)
                                .nameserver(new NameserverConfig("b", "2001:db8::53", 5353, true))
                                .nameserver("c", "192.0.2.54", 53)
                                .systemNameservers(true)
                                .retries(5)
                                .resolveTimeout(Duration.ofSeconds(2))
                                .retryTimeout(Duration.ofMillis(300))
                                .holdValid(Duration.ofSeconds(20))
                                .holdObsolete(Duration.ofSeconds(40))
                                .hold(ResolveFailure.NX, Duration.ofMinutes(1))
                                .hold(ResolveFailure.REFUSED, Duration.ofMinutes(2))
                                .payloadSize(4096)
                                .build()),
                config.proxy().resolvers());
        assertEquals(
                List.of(
                        "f:17: 'hold refused' lets a failure of the name servers take servers out of"
                                + " use; without the line their addresses stay until a name server"
                                + " says that they are gone"),
                config.warnings().stream().map(ConfigProblem::toString).toList());
    }

    @Test
    void whatIsNotSaidIsAsInHaproxyButThatFailuresTakeNothingAway() {
        ResolversConfig dns = read("", "server s web:80").proxy().resolvers().get(0);
        assertEquals(ResolversConfig.builder("dns").nameserver("a", "192.0.2.53", 53).build(), dns);
        assertEquals(3, dns.retries());
        assertEquals(Duration.ofSeconds(1).toNanos(), dns.resolveTimeoutNanos());
        assertEquals(Duration.ofSeconds(10).toNanos(), dns.holdValidNanos());
        assertEquals(Duration.ofSeconds(30).toNanos(), dns.holdNanos(ResolveFailure.NX));
        assertEquals(ResolversConfig.FOR_EVER, dns.holdNanos(ResolveFailure.TIMEOUT));
        assertEquals(512, dns.payloadSize());
    }

    @Test
    void theSystemsResolversAreThereWhereTheyAreNamed() {
        List<ResolversConfig> configs =
                read("", "server s web:80 resolvers default").proxy().resolvers();
        assertEquals(
                ResolversConfig.builder("default").systemNameservers(true).build(), configs.get(1));
    }

    @Test
    void aServerSaysHowItsNameIsResolved() {
        IpAddress ip = Objects.requireNonNull(IpAddress.parse("192.0.2.1"));
        assertEquals(
                new ServerResolution(
                        "dns",
                        true,
                        true,
                        true,
                        List.of(InitialAddress.LAST, InitialAddress.fixed(ip))),
                server(
                                """
                        default-server resolvers dns init-addr last,192.0.2.1 resolve-prefer ipv4
                            server s web:80 resolve-opts allow-dup-ip,ignore-weight
                        """)
                        .resolution());
        assertEquals(
                ServerResolution.by("dns"), server("server s web:80 resolvers dns").resolution());
        assertEquals(null, server("server s 192.0.2.1:80 resolvers dns").resolution());
        assertEquals(null, server("server s web:80").resolution());
    }

    @ParameterizedTest
    @CsvSource({
        "server-template s 2 web:80 resolvers dns,              s1 (web:80) s2 (web:80)",
        "server-template s 2 _http._tcp.web resolvers dns,      s1 (_http._tcp.web:0) s2 (_http._tcp.web:0)",
        "server s _http._tcp.web resolvers dns check,           s (_http._tcp.web:0)",
    })
    void serversOfANameShareItsAddresses(String line, String expected) {
        List<ServerConfig> servers = read("", line).proxy().backends().get(0).servers();
        assertEquals(
                expected,
                servers.stream().map(ServerConfig::toString).collect(Collectors.joining(" ")));
        assertEquals(0, servers.get(0).addressNumber());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resolvers dns | f:8: the resolvers 'dns' are on line 6 already; give each section its own name",
                "nameserver a 192.0.2.1:53 | f:8: the name server 'a' is on line 7 already; give each its own name",
                "nameserver b ns.test:53 | f:8: the name server 'ns.test' would have to be resolved itself; write its address, or parse-resolv-conf",
                "timeout retry 0 | f:8: 'timeout' is 0, but must be above",
            })
    void aSectionWithAMistakeIsRefused(String line, String expected) {
        ConfigException refused =
                assertThrows(ConfigException.class, () -> read(line, "server s web:80"));
        String first = refused.problems().get(0).toString();
        assertEquals(expected, first.substring(0, Math.min(expected.length(), first.length())));
    }

    @Test
    void theFamilyOfANameThatResolversLookUpIsPreferred() {
        for (boolean four : new boolean[] {false, true}) {
            String family = four ? "ipv4@" : "ipv6@";
            ServerConfig server =
                    server("server s " + family + "web:80 resolvers dns resolve-prefer ipv4");
            assertEquals("web", server.host());
            ServerResolution resolution = Objects.requireNonNull(server.resolution());
            assertEquals(four, resolution.preferIpv4());
        }
    }

    @Test
    void aSectionWithoutNameServersIsWarnedOf() {
        assertEquals(
                "f:8: the resolvers 'none' have no name server, so they resolve nothing; add"
                        + " nameserver lines, or parse-resolv-conf",
                read("resolvers none", "server s web:80").warnings().get(0).toString());
    }
}

package io.evenkeel.lb.netty;

import static io.evenkeel.lb.netty.NamedServers.IPV4;
import static io.evenkeel.lb.netty.NamedServers.assertEchoes;
import static io.evenkeel.lb.netty.NamedServers.config;
import static io.evenkeel.lb.netty.NamedServers.hello;
import static io.evenkeel.lb.netty.NamedServers.impatientResolvers;
import static io.evenkeel.lb.netty.NamedServers.resolvers;
import static io.evenkeel.lb.netty.NamedServers.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HealthState;
import io.evenkeel.lb.InitialAddress;
import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.NameserverConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that are found by name, with a name server that answers in every way there is. */
class NameResolutionTest {
    private static final String NAME = "web.test";

    private static ServerConfig[] template(int count, int port) {
        ServerConfig[] servers = new ServerConfig[count];
        for (int i = 0; i < count; i++) {
            servers[i] = server("s" + (i + 1), NAME, port).build();
        }
        return servers;
    }

    @ParameterizedTest
    @EnumSource
    void newConnectionsGoToTheNewAddressAndThoseThatThereAreGoOn(Transport transport)
            throws Exception {
        try (TcpServer two = TcpServer.introducingAt("127.0.0.2", 0);
                TcpServer three = TcpServer.introducingAt("127.0.0.3", two.port());
                ScriptedDns dns = ScriptedDns.start(ScriptedDns.addresses(NAME, "127.0.0.2"));
                NamedServers proxy =
                        NamedServers.start(
                                transport, config(resolvers(dns.port()), template(1, two.port())));
                Socket old = proxy.connect()) {
            assertEquals("127.0.0.2", hello(old));
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.3"));
            proxy.awaitPlaces("s1=127.0.0.3");
            assertEquals("127.0.0.3", proxy.reached());
            assertEchoes(old);
            assertEquals(
                    List.of("s1: 127.0.0.2 -> 127.0.0.3, resolvers dns say so of web.test"),
                    proxy.changes());
            assertEquals(1, three.accepted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void noFailureOfTheNameServersChangesAnything(Transport transport) throws Exception {
        try (TcpServer two = TcpServer.introducingAt("127.0.0.2", 0);
                ScriptedDns dns = ScriptedDns.start(ScriptedDns.addresses(NAME, "127.0.0.2"));
                NamedServers proxy =
                        NamedServers.start(
                                transport,
                                config(
                                        resolvers(dns.port())
                                                .hold(ResolveFailure.NX, Duration.ofHours(1)),
                                        template(1, two.port())))) {
            List<ScriptedDns.Script> faults =
                    List.of(
                            (name, type, tcp) -> ScriptedDns.failed(DnsResponseCode.SERVFAIL),
                            (name, type, tcp) -> ScriptedDns.failed(DnsResponseCode.REFUSED),
                            (name, type, tcp) -> ScriptedDns.nx(),
                            (name, type, tcp) -> ScriptedDns.answer(List.of()),
                            (name, type, tcp) -> ScriptedDns.truncated(List.of()),
                            (name, type, tcp) -> null);
            for (ScriptedDns.Script fault : faults) {
                dns.say(fault);
                dns.awaitAsked();
                assertEquals("127.0.0.2", proxy.reached());
            }
            assertEquals(List.of(), proxy.changes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatIsGoneTakesItsServerOutOfUseUntilItIsBack(Transport transport) throws Exception {
        try (TcpServer two = TcpServer.introducingAt("127.0.0.2", 0);
                ScriptedDns dns = ScriptedDns.start(ScriptedDns.addresses(NAME, "127.0.0.2"));
                NamedServers proxy =
                        NamedServers.start(
                                transport,
                                config(
                                        resolvers(dns.port()),
                                        server("s1", NAME, two.port())
                                                .resetSessionsWhenDown(true)
                                                .build()));
                Socket old = proxy.connect()) {
            assertEquals("127.0.0.2", hello(old));
            dns.say((name, type, tcp) -> ScriptedDns.nx());
            proxy.awaitPlaces("s1=-");
            assertEquals(0, proxy.backend().pool().usableCount());
            assertEquals("nobody", proxy.reached());
            assertEchoes(old);
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.2"));
            proxy.awaitPlaces("s1=127.0.0.2");
            assertEquals("127.0.0.2", proxy.reached());
            assertEquals(
                    "s1: 127.0.0.2 -> -, web.test has no address: it does not exist",
                    proxy.changes().get(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void serversOfOneNameHaveAnAddressEachWhateverTheOrderOfTheRecords(Transport transport)
            throws Exception {
        String[] ten = new String[10];
        for (int i = 0; i < ten.length; i++) {
            ten[i] = "127.0.0." + (20 - i);
        }
        try (ScriptedDns dns = ScriptedDns.start(ScriptedDns.addresses(NAME, ten));
                NamedServers proxy =
                        NamedServers.start(
                                transport, config(resolvers(dns.port()), template(2, 9)))) {
            assertEquals("s1=127.0.0.11 s2=127.0.0.12", proxy.places());
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.12", "127.0.0.5", "127.0.0.11"));
            dns.awaitAsked();
            assertEquals(List.of(), proxy.changes());
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.12", "127.0.0.5"));
            proxy.awaitPlaces("s1=127.0.0.5 s2=127.0.0.12");
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.5"));
            proxy.awaitPlaces("s1=127.0.0.5 s2=-");
            assertEquals(1, proxy.backend().pool().usableCount());
            assertEquals(
                    "s2: 127.0.0.12 -> -, web.test has 1 address for 2 servers",
                    proxy.changes().get(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatWasCutShortIsAskedForAgainByTcp(Transport transport) throws Exception {
        ScriptedDns.Script all = ScriptedDns.addresses(NAME, "127.0.0.3", "127.0.0.2");
        try (ScriptedDns dns =
                        ScriptedDns.start(
                                (name, type, tcp) ->
                                        tcp
                                                ? all.reply(name, type, true)
                                                : ScriptedDns.truncated(
                                                        ScriptedDns.records(
                                                                NAME, type, "127.0.0.3")));
                NamedServers proxy =
                        NamedServers.start(
                                transport, config(resolvers(dns.port()), template(2, 9)))) {
            assertEquals("s1=127.0.0.2 s2=127.0.0.3", proxy.places());
            assertTrue(dns.askedByTcp() > 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameServerMayBeAskedByTcpAlone(Transport transport) throws Exception {
        try (ScriptedDns dns =
                        ScriptedDns.start(
                                (name, type, tcp) ->
                                        tcp
                                                ? ScriptedDns.addresses(NAME, "127.0.0.2")
                                                        .reply(name, type, true)
                                                : null);
                NamedServers proxy =
                        NamedServers.start(
                                transport,
                                config(
                                        ResolversConfig.builder("dns")
                                                .nameserver(
                                                        new NameserverConfig(
                                                                "tcp",
                                                                "127.0.0.1",
                                                                dns.port(),
                                                                true)),
                                        template(1, 9)))) {
            assertEquals("s1=127.0.0.2", proxy.places());
            assertEquals(dns.asked(), dns.askedByTcp());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServiceSaysTargetsPortsAndWeights(Transport transport) throws Exception {
        String service = "_http._tcp.test";
        try (TcpServer two = TcpServer.introducingAt("127.0.0.2", 0);
                TcpServer three = TcpServer.introducingAt("127.0.0.3", 0);
                ScriptedDns dns =
                        ScriptedDns.start(
                                (name, type, tcp) -> {
                                    if (type.equals(DnsRecordType.SRV)) {
                                        return ScriptedDns.answer(
                                                List.of(
                                                        ScriptedDns.service(
                                                                service, "a.test", two.port(), 0),
                                                        ScriptedDns.service(
                                                                service,
                                                                "b.test",
                                                                three.port(),
                                                                65_535)),
                                                ScriptedDns.records(
                                                        "a.test", DnsRecordType.A, "127.0.0.2"));
                                    }
                                    return name.equals("b.test.")
                                            ? ScriptedDns.addresses("b.test", "127.0.0.3")
                                                    .reply(name, type, tcp)
                                            : null;
                                });
                NamedServers proxy =
                        NamedServers.start(
                                transport,
                                config(
                                        resolvers(dns.port()),
                                        server("s1", service, 0)
                                                .check(CheckConfig.builder().build())
                                                .build(),
                                        server("s2", service, 0).build(),
                                        server("s3", service, 0).build()))) {
            proxy.awaitPlaces("s1=127.0.0.2 s2=127.0.0.3 s3=-");
            List<Server> servers = proxy.backend().servers();
            assertEquals(1, servers.get(0).weight());
            assertEquals(256, servers.get(1).weight());
            Await.until("it is checked", () -> proxy.backend().pool().usableCount() == 2);
            proxy.backend().setWeight(servers.get(1), 0, System.nanoTime());
            assertEquals("127.0.0.2", proxy.reached());
        }
    }

    static Stream<Arguments> labels() {
        return Stream.of(
                Arguments.of("nothing between two dots", bytes("a..b")),
                Arguments.of("a dot first", bytes(".a")),
                Arguments.of("a blank", bytes(" ")),
                Arguments.of("no UTF-8", new byte[] {(byte) 0xff, (byte) 0xfe}),
                Arguments.of("no character that a name may have", bytes("\u2488\u0600")),
                Arguments.of("too long when it is written out", bytes("\u00fc".repeat(31))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whoever can write one record of a service stops nothing else. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("labels")
    void aTargetThatNobodyCanAskForIsNotFoundAndAllElseGoesOn(String what, byte[] label)
            throws Exception {
        String service = "_http._tcp.test";
        ScriptedDns.Script first = ScriptedDns.addresses("b.test", "127.0.0.2");
        ScriptedDns.Script then = ScriptedDns.addresses("b.test", "127.0.0.3");
        ScriptedDns.Script services =
                (name, type, tcp) ->
                        type.equals(DnsRecordType.SRV)
                                ? ScriptedDns.answer(
                                        List.of(
                                                ScriptedDns.service(service, label, 1),
                                                ScriptedDns.service(service, "b.test", 2, 1)))
                                : null;
        try (ScriptedDns dns = ScriptedDns.start((name, type, tcp) -> null);
                NamedServers proxy =
                        NamedServers.start(
                                Transport.best(),
                                config(
                                        impatientResolvers(dns.port()),
                                        server("s1", service, 0).build(),
                                        server("s2", service, 0).build()))) {
            dns.say(answered(services, first));
            Await.until("b.test is found", () -> proxy.places().contains("=127.0.0.2"));
            dns.say(answered(services, then));
            Await.until("it is asked again", () -> proxy.places().contains("=127.0.0.3"));
            assertTrue(proxy.places().contains("=-"), proxy.places());
        }
    }

    private static ScriptedDns.Script answered(
            ScriptedDns.Script first, ScriptedDns.Script second) {
        return (name, type, tcp) -> {
            ScriptedDns.Reply reply = first.reply(name, type, tcp);
            return reply == null ? second.reply(name, type, tcp) : reply;
        };
    }

    @Test
    void aHostThatIsNoNameIsOneThatIsNotFound() throws Exception {
        try (ScriptedDns dns = ScriptedDns.start(ScriptedDns.addresses(NAME, "127.0.0.2"));
                NamedServers proxy =
                        NamedServers.start(
                                Transport.best(),
                                config(
                                        resolvers(dns.port()),
                                        server("s1", "web..test", 1).build(),
                                        server("s2", NAME, 2).build()))) {
            proxy.awaitPlaces("s1=- s2=127.0.0.2");
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.3"));
            proxy.awaitPlaces("s1=- s2=127.0.0.3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerAtAnotherAddressIsCheckedAnew(Transport transport) throws Exception {
        try (TcpServer two = TcpServer.introducingAt("127.0.0.2", 0);
                ScriptedDns dns = ScriptedDns.start(ScriptedDns.addresses(NAME, "127.0.0.2"));
                NamedServers proxy =
                        NamedServers.start(
                                transport,
                                config(
                                        resolvers(dns.port()),
                                        server("s1", NAME, two.port())
                                                .check(
                                                        CheckConfig.builder()
                                                                .inter(Duration.ofHours(1))
                                                                .build())
                                                .build()))) {
            Server server = proxy.backend().servers().get(0);
            Await.until("it is up", () -> server.health() == HealthState.UP);
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.3"));
            Await.until(
                    "nobody is there",
                    () -> server.health() == HealthState.DOWN && !proxy.backend().hasUsable());
            assertEquals("s1=127.0.0.3", proxy.places());
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.2"));
            Await.until("it is back", proxy.backend()::hasUsable);
            assertEquals("127.0.0.2", proxy.reached());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherConfigurationKeepsWhatIsKnown(Transport transport) throws Exception {
        try (ScriptedDns dns = ScriptedDns.start(ScriptedDns.addresses(NAME, "127.0.0.2"));
                NamedServers proxy =
                        NamedServers.start(
                                transport, config(resolvers(dns.port()), template(1, 9)))) {
            Server server = proxy.backend().servers().get(0);
            dns.say((name, type, tcp) -> null);
            proxy.proxy()
                    .apply(
                            config(
                                    impatientResolvers(dns.port()).retries(1),
                                    server("s1", NAME, 9).weight(7).build(),
                                    server("s2", NAME, 9).build()));
            assertEquals("s1=127.0.0.2 s2=-", proxy.places());
            assertEquals(server, proxy.backend().servers().get(0));
            ProxyConfig unknown =
                    config(
                            impatientResolvers(dns.port()).retries(1),
                            server("s1", NAME, 9).build(),
                            server("n", "new.test", 9)
                                    .resolution(IPV4.withInitial(InitialAddress.LIBC))
                                    .build());
            String message =
                    Objects.requireNonNull(
                            assertThrows(
                                            ProxyStartException.class,
                                            () -> proxy.proxy().apply(unknown))
                                    .getMessage());
            assertTrue(
                    message.startsWith(
                            "Nothing was changed: Server app/n has no address: new.test"),
                    message);
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.2", "127.0.0.3"));
            proxy.awaitPlaces("s1=127.0.0.2 s2=127.0.0.3");
            assertEquals(List.of("s2: - -> 127.0.0.3"), texts(proxy.changes()));
        }
    }

    private static List<String> texts(List<String> changes) {
        return changes.stream().map(change -> change.substring(0, change.indexOf(','))).toList();
    }

    @Test
    void whatBecomesOfAServerWithoutAnAddressAtTheStart() throws Exception {
        IpAddress fixed = Objects.requireNonNull(IpAddress.parse("127.0.0.9"));
        try (ScriptedDns dns = ScriptedDns.start((name, type, tcp) -> ScriptedDns.nx())) {
            ServerConfig none = server("s1", NAME, 9).build();
            ServerConfig at =
                    server("s2", "fixed.test", 9)
                            .resolution(
                                    IPV4.withInitial(
                                            InitialAddress.LIBC, InitialAddress.fixed(fixed)))
                            .build();
            ServerConfig system =
                    server("s3", "localhost", 9)
                            .resolution(IPV4.withInitial(InitialAddress.LIBC))
                            .build();
            try (NamedServers proxy =
                    NamedServers.start(
                            Transport.NIO,
                            config(
                                    resolvers(dns.port())
                                            .retryTimeout(Duration.ofSeconds(5))
                                            .hold(ResolveFailure.NX, Duration.ofHours(1)),
                                    none,
                                    at,
                                    system))) {
                assertEquals("s1=- s2=127.0.0.9 s3=127.0.0.1", proxy.places());
                assertEquals(2, proxy.backend().pool().usableCount());
            }
            ServerConfig required =
                    none.toBuilder()
                            .resolution(IPV4.withInitial(InitialAddress.LAST, InitialAddress.LIBC))
                            .build();
            ProxyStartException failure =
                    assertThrows(
                            ProxyStartException.class,
                            () ->
                                    NamedServers.start(
                                            Transport.NIO,
                                            config(resolvers(dns.port()), required)));
            assertEquals(
                    "Server app/s1 has no address: web.test is resolved neither by resolvers dns,"
                            + " for it does not exist, nor by the system; correct the name, or let"
                            + " the server start without an address (init-addr none).",
                    failure.getMessage());
        }
    }

    @Test
    void nobodyWhoAnswersDoesNotDelayTheStartForEver() throws Exception {
        try (ScriptedDns dns = ScriptedDns.start((name, type, tcp) -> null);
                NamedServers proxy =
                        NamedServers.start(
                                Transport.NIO,
                                config(impatientResolvers(dns.port()), template(2, 9)))) {
            assertEquals("s1=- s2=-", proxy.places());
            assertNotEquals(0, dns.asked());
            dns.say(ScriptedDns.addresses(NAME, "127.0.0.2", "127.0.0.3"));
            proxy.awaitPlaces("s1=127.0.0.2 s2=127.0.0.3");
        }
    }
}

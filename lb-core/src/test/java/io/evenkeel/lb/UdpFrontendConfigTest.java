package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every problem of a UDP frontend is told at once, with its place. */
class UdpFrontendConfigTest {
    private static List<String> problems(InvalidConfigException refused) {
        return refused.problems().stream().map(p -> p.path() + ": " + p.message()).toList();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        UdpFrontendConfig.Builder builder =
                UdpFrontendConfig.builder("a b")
                        .idleTimeout(Duration.ZERO)
                        .maxSessions(0)
                        .maxDatagramBytes(65_508)
                        .requests(-1)
                        .responses(-2);
        assertEquals(
                List.of(
                        "udpFrontend[a b].name: holds the character U+0020, but a name is made of"
                                + " letters, digits and - _ . :",
                        "udpFrontend[a b].bind: is missing; say where to receive, such as"
                                + " 192.0.2.1:53",
                        "udpFrontend[a b].backend: is missing; say which backend gets the"
                                + " datagrams",
                        "udpFrontend[a b].idleTimeout: is PT0S, but must be above 0 and at most"
                                + " 2147483647 ms",
                        "udpFrontend[a b].maxSessions: is 0, but must be at least 1",
                        "udpFrontend[a b].maxDatagramBytes: is 65508, but must be from 1 to 65507",
                        "udpFrontend[a b].requests: is -1, but must be at least 0",
                        "udpFrontend[a b].responses: is -2, but must be at least -1"),
                problems(assertThrows(InvalidConfigException.class, builder::build)));
    }

    @Test
    void whatOnlyConnectionsHaveIsRefusedOfABackendForDatagrams() {
        UdpFrontendConfig twice = udp("dns").bind("192.0.2.1", 53).backend("app").build();
        UdpFrontendConfig keyed =
                udp("keyed")
                        .bind("192.0.2.1", 53)
                        .backend("turns")
                        .datagramKey((datagram, otherwise) -> otherwise)
                        .build();
        UdpFrontendConfig lost = udp("lost").bind("192.0.2.1", 54).backend("none").build();
        BackendConfig app =
                BackendConfig.builder("app")
                        .balance(Balance.hash(BalanceKey.SERVER_NAME))
                        .server(
                                ServerConfig.builder("s", "192.0.2.2", 53)
                                        .proxyHeader(ProxyHeader.v1())
                                        .tls(ServerTlsConfig.verifiedBy("ca.pem"))
                                        .build())
                        .build();
        FrontendConfig dns =
                FrontendConfig.builder("dns").bind("192.0.2.1", 53).defaultBackend("app").build();
        assertEquals(
                List.of(
                        "proxy.udpFrontend[lost].backend: there is no backend 'none'; there are app,"
                                + " turns",
                        "proxy.udpFrontend[dns]: a frontend of that name is there already; rename"
                                + " one",
                        "proxy.udpFrontend[dns].backend: backend 'app' balances by a name, which"
                                + " datagrams do not have; balance by another key",
                        "proxy.udpFrontend[dns].backend: backend 'app' sends a PROXY header to"
                                + " server 's', which datagrams do not carry; remove it",
                        "proxy.udpFrontend[dns].backend: backend 'app' speaks TLS to server 's',"
                                + " which needs a connection; remove it",
                        "proxy.udpFrontend[keyed].bind[192.0.2.1:53]: udp frontend 'dns' receives"
                                + " there already; remove one of the two",
                        "proxy.udpFrontend[keyed].datagramKey: backend 'turns' balances without a"
                                + " key; give it a balance by a hash, or remove the key"),
                problems(
                        assertThrows(
                                InvalidConfigException.class,
                                () ->
                                        ProxyConfig.builder()
                                                .frontends(dns)
                                                .backends(
                                                        app, BackendConfig.builder("turns").build())
                                                .udpFrontends(List.of(twice, keyed, lost))
                                                .build())));
    }

    private static UdpFrontendConfig.Builder udp(String name) {
        return UdpFrontendConfig.builder(name);
    }
}

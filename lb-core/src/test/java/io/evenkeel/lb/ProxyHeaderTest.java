package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What may be configured of PROXY headers. */
class ProxyHeaderTest {
    private static FrontendConfig.Builder frontend() {
        return FrontendConfig.builder("f").bind("*", 80).defaultBackend("b");
    }

    private static void assertRefused(String expected, Executable build) {
        InvalidConfigException refused = assertThrows(InvalidConfigException.class, build);
        assertEquals(
                expected,
                String.join("\n", refused.problems().stream().map(String::valueOf).toList()));
    }

    @Test
    void everyProblemIsNamed() {
        String late =
                ": looks at the first bytes, of which none is there when a connection is accepted;"
                        + " look at addresses and ports only";
        assertRefused(
                "frontend[f].expectProxyHeader"
                        + late
                        + "\nfrontend[f].proxyHeaderTimeout: is PT0S, but must be above 0 and at"
                        + " most 2147483647 ms",
                () ->
                        frontend()
                                .expectProxyHeader(Condition.tls())
                                .proxyHeaderTimeout(Duration.ZERO)
                                .build());
        assertRefused(
                "proxyHeader.options: are [SSL], but a header of version 1 has none; take version 2",
                () -> new ProxyHeader(ProxyHeader.Version.V1, Set.of(ProxyHeader.Option.SSL)));
        assertRefused(
                "proxyHeaderSenders.condition" + late,
                () -> new ProxyHeaderSenders(Condition.received()));
        assertRefused(
                "proxyHeaderSenders: are missing; say which addresses the proxies in front have",
                ProxyHeaderSenders::of);
    }

    @Test
    void theyTellConfigurationsApart() {
        assertEquals(3_000_000_000L, frontend().build().proxyHeaderTimeoutNanos());
        assertNotEquals(
                frontend().build(), frontend().expectProxyHeader(Condition.always()).build());
        assertNotEquals(
                frontend().build(), frontend().proxyHeaderTimeout(Duration.ofSeconds(5)).build());
        FrontendConfig.Builder trusting =
                FrontendConfig.builder("f")
                        .bind(new BindAddress("*", 80), ProxyHeaderSenders.anybody())
                        .defaultBackend("b");
        assertNotEquals(frontend().build(), trusting.build());
        ServerConfig.Builder server = ServerConfig.builder("s", "192.0.2.1", 80);
        ServerConfig told = server.proxyHeader(ProxyHeader.v1()).build();
        assertEquals(told, told.toBuilder().build());
        assertNotEquals(told, server.proxyHeader(ProxyHeader.v2()).build());
        CheckConfig.Builder check = CheckConfig.builder();
        assertNotEquals(check.build(), check.proxyHeader(ProxyHeader.v1()).build());
        assertEquals(
                ProxyHeader.v2(ProxyHeader.Option.SSL, ProxyHeader.Option.CRC32C),
                ProxyHeader.v2(ProxyHeader.Option.CRC32C, ProxyHeader.Option.SSL));
    }

    @Test
    void sendersAreTrustedByTheirAddress() {
        byte[] here = {(byte) 192, 0, 2, 9};
        ConnectionFacts inside = new ConnectionFacts(new byte[] {10, 1, 2, 3}, 1, here, 80);
        ConnectionFacts outside = new ConnectionFacts(new byte[] {11, 1, 2, 3}, 1, here, 80);
        ProxyHeaderSenders senders = ProxyHeaderSenders.of("10.0.0.0/8", "2001:db8::/32");
        assertTrue(senders.trusts(inside));
        assertFalse(senders.trusts(outside));
        assertTrue(ProxyHeaderSenders.anybody().trusts(outside));
    }
}

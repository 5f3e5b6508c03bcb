package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ProxyHeaderSenders;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.Truth;
import java.net.InetAddress;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which PROXY headers lines ask for. The table is what HAProxy 2.6 was seen to send for the same words. */
class ProxyHeaderLinesTest {
    private static String text(ProxyHeader header) {
        return header == null ? "-" : header.version() + "" + new TreeSet<>(header.options());
    }

    private static ServerConfig server(String lines, String words) {
        return HaproxyConfigReader.read(
                        "f", "listen l\nbind :80\n" + lines + "server s 192.0.2.1:80 " + words)
                .proxy()
                .backend("l")
                .servers()
                .get(0);
    }

    private static void assertHeaders(String connections, String checks, ServerConfig server) {
        CheckConfig check = server.check();
        assertEquals(connections, text(server.proxyHeader()));
        assertEquals(checks, text(check == null ? null : check.proxyHeader()));
    }

    private static FrontendConfig frontend(String... lines) {
        return HaproxyConfigReader.read(
                        "f", "listen l\n" + String.join("\n", lines) + "\nserver s 192.0.2.1:80\n")
                .proxy()
                .frontends()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    weight 1                                  ~ -        ~ -
                    send-proxy                                ~ V1[]     ~ V1[]
                    send-proxy-v2                             ~ V2[]     ~ V2[]
                    send-proxy-v2 send-proxy                  ~ V2[]     ~ V2[]
                    send-proxy-v2-ssl                         ~ V2[SSL]  ~ V2[SSL]
                    send-proxy-v2-ssl-cn                      ~ V2[SSL, SSL_COMMON_NAME] ~ V2[SSL, SSL_COMMON_NAME]
                    send-proxy-v2 proxy-v2-options crc32c,ssl ~ V2[CRC32C, SSL] ~ V2[CRC32C, SSL]
                    send-proxy-v2 proxy-v2-options authority  ~ V2[AUTHORITY]   ~ V2[AUTHORITY]
                    send-proxy-v2 proxy-v2-options cert-cn,ssl-cipher,cert-sig,cert-key ~ V2[] ~ V2[]
                    proxy-v2-options crc32c                   ~ V1[]     ~ V1[]
                    send-proxy proxy-v2-options crc32c        ~ V1[]     ~ V1[]
                    send-proxy no-send-proxy                  ~ -        ~ -
                    send-proxy-v2 no-send-proxy               ~ V2[]     ~ V2[]
                    send-proxy no-send-proxy-v2               ~ V1[]     ~ V1[]
                    send-proxy-v2 no-send-proxy-v2            ~ -        ~ -
                    send-proxy-v2-ssl no-send-proxy-v2        ~ V1[]     ~ V1[]
                    send-proxy-v2 no-send-proxy-v2-ssl        ~ -        ~ -
                    send-proxy-v2-ssl-cn no-send-proxy-v2-ssl ~ V1[]     ~ V1[]
                    send-proxy-v2-ssl-cn no-send-proxy-v2-ssl-cn ~ -     ~ -
                    check-send-proxy                          ~ -        ~ V1[]
                    check-send-proxy no-check-send-proxy      ~ -        ~ -
                    send-proxy-v2 port 81                     ~ V2[]     ~ -
                    send-proxy-v2 addr 192.0.2.2              ~ V2[]     ~ -
                    send-proxy-v2 check-send-proxy port 81    ~ V2[]     ~ V2[]
                    """)
    void headersToAServerAndToItsChecks(String words, String connections, String checks) {
        assertHeaders(connections, checks, server("", "check " + words));
        assertHeaders(connections, checks, server("default-server check " + words + "\n", ""));
    }

    @Test
    void aConnectRuleSpeaksForItselfUnlessItSaysDefault() {
        String connect = "option tcp-check\ntcp-check connect ";
        assertHeaders("V2[]", "-", server(connect + "port 81\n", "check send-proxy-v2"));
        assertHeaders("V2[]", "V2[]", server(connect + "default\n", "check send-proxy-v2"));
    }

    @Test
    void theAddressesOfABindLineThatExpectOne() {
        FrontendConfig frontend =
                frontend("bind 192.0.2.9:80,192.0.2.9:81 accept-proxy name x", "bind 192.0.2.9:82");
        assertEquals(
                FrontendConfig.builder("l")
                        .bind(new BindAddress("192.0.2.9", 80), ProxyHeaderSenders.anybody())
                        .bind(new BindAddress("192.0.2.9", 81), ProxyHeaderSenders.anybody())
                        .bind("192.0.2.9", 82)
                        .defaultBackend("l")
                        .build(),
                frontend);
        assertEquals(null, frontend.proxyHeaderSenders(new BindAddress("192.0.2.9", 82)));
    }

    @Test
    void aRuleExpectsOneOfConnectionsThatNoRuleBeforeItHasSettled() throws Exception {
        FrontendConfig frontend =
                frontend(
                        "bind :80",
                        "tcp-request connection accept if { src 10.0.0.1 }",
                        "tcp-request connection expect-proxy layer4 if { src 10.0.0.0/8 }",
                        "tcp-request connection reject if { src 10.0.0.2 }",
                        "tcp-request connection expect-proxy layer4 unless { src 192.0.2.0/24 }");
        assertEquals(2, frontend.connectionRules().size());
        assertEquals(AccessRule.Action.REJECT, frontend.connectionRules().get(1).action());
        Condition expects = frontend.expectProxyHeader();
        assertEquals(Truth.FALSE, of("10.0.0.1", expects));
        assertEquals(Truth.TRUE, of("10.0.0.2", expects));
        assertEquals(Truth.TRUE, of("10.0.0.3", expects));
        assertEquals(Truth.FALSE, of("192.0.2.3", expects));
        assertEquals(Truth.TRUE, of("198.51.100.1", expects));
        assertEquals(
                Condition.always(),
                frontend("bind :80", "tcp-request connection expect-proxy layer4")
                        .expectProxyHeader());
        assertEquals(Condition.never(), frontend("bind :80").expectProxyHeader());
    }

    private static Truth of(String source, Condition condition) throws Exception {
        byte[] octets = InetAddress.getByName(source).getAddress();
        return condition.test(new ConnectionFacts(octets, 1, octets, 2));
    }
}

package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.PeerConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ServerTlsConfig;
import io.evenkeel.lb.StickTableConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What peers sections mean depends on which of the peers this node is. */
class PeersSectionTest {
    private static final String FILE =
            """
            %sdefaults
                mode tcp
                timeout client 1s
                timeout connect 1s
                timeout server 1s
            peers mesh
                peer lb1 192.0.2.1:1024
                peer lb2 192.0.2.2:1025
                peer lb3 lb3.example.net:1026
            peers bound
                bind 192.0.2.9:10000
                server lb1
                server lb2 192.0.2.2:10000
            listen l
                bind :80
                stick-table type ip size 1k peers mesh
                stick on src
                server s 192.0.2.1:80
            """;

    private static HaproxyConfig read(String global, @Nullable String hostName) {
        return read(global, hostName, "");
    }

    private static HaproxyConfig read(String global, @Nullable String hostName, String more) {
        return HaproxyConfigReader.read(
                "f", FILE.formatted(global) + more, name -> null, name -> null, hostName);
    }

    @Test
    void thisNodeListensWhereTheOthersFindItAndConnectsToThem() {
        HaproxyConfig config = read("", "lb1");
        assertEquals(
                List.of(
                        PeersConfig.builder("mesh", "lb1")
                                .bind(new BindAddress("192.0.2.1", 1024))
                                .peer("lb2", "192.0.2.2", 1025)
                                .peer("lb3", "lb3.example.net", 1026)
                                .build(),
                        PeersConfig.builder("bound", "lb1")
                                .bind(new BindAddress("192.0.2.9", 10000))
                                .peer("lb2", "192.0.2.2", 10000)
                                .build()),
                config.proxy().peers());
        assertEquals("mesh", config.proxy().stickTables().get("l").peers());
        assertEquals(7, config.bindLines().get(new BindAddress("192.0.2.1", 1024)));
        assertEquals(List.of(), config.warnings());
    }

    /** As in HAProxy all bind and default-bind lines are one, and default-server counts for the lines below it. */
    @Test
    void tlsIsTakenOffWhatArrivesAndPutOnWhatGoesOut() {
        HaproxyConfig config =
                read(
                        """
                        global
                            ca-base /ca
                            crt-base /crt
                        peers secured
                            bind 192.0.2.9:10001 ssl
                            default-bind crt a.pem verify required ca-file b.pem
                            server lb2 192.0.2.2:10001
                            default-server ssl ca-file b.pem verifyhost lb.example.com
                            server lb3 192.0.2.3:10001 crt c.pem
                            server lb4 192.0.2.4:10001 verify none no-ssl
                            server lb1
                        """,
                        "lb1");
        ServerTlsConfig verified =
                ServerTlsConfig.verifiedBy("/ca/b.pem")
                        .withVerifiedName("lb.example.com")
                        .withCertificate("/crt/c.pem");
        assertEquals(
                PeersConfig.builder("secured", "lb1")
                        .bind(new BindAddress("192.0.2.9", 10001))
                        .tls(
                                BindTlsConfig.of("/crt/a.pem")
                                        .withClientCertificates(
                                                BindTlsConfig.ClientCertificates.REQUIRED,
                                                "/ca/b.pem"))
                        .peer("lb2", "192.0.2.2", 10001)
                        .peer(new PeerConfig("lb3", "192.0.2.3", 10001, verified))
                        .peer("lb4", "192.0.2.4", 10001)
                        .build(),
                config.proxy().peers().get(0));
        assertEquals(List.of(), config.warnings());
    }

    @Test
    void serversWithANumberAreKnownByItInTheTablesOfPeers() {
        String servers =
                """
                    server a 192.0.2.1:80 id 7
                    server b 192.0.2.2:80
                    server c 192.0.2.3:80 id 1
                """;
        StickTableConfig byName = read("", "lb1", servers).proxy().stickTables().get("l");
        assertEquals(Map.of(7, "a", 1, "c"), byName.serverIds());
        StickTableConfig byAddress =
                read(
                                "",
                                "lb1",
                                "backend byAddress\n    stick-table type ip size 1k peers mesh srvkey"
                                        + " addr\n"
                                        + servers)
                        .proxy()
                        .stickTables()
                        .get("byAddress");
        assertEquals(Map.of(7, "192.0.2.1:80", 1, "192.0.2.3:80"), byAddress.serverIds());
    }

    @Test
    void localpeerGoesBeforeTheHostName() {
        assertEquals(
                read("", "lb1").proxy().peers(),
                read("global\n    localpeer lb1\n", "lb3").proxy().peers());
    }

    /** As in HAProxy, which removes such a section. */
    @Test
    void aNodeThatIsNoneOfThemGoesOnAlone() {
        HaproxyConfig config = read("", "elsewhere");
        assertEquals(
                List.of(
                        PeersConfig.builder("mesh", "elsewhere").build(),
                        PeersConfig.builder("bound", "elsewhere").build()),
                config.proxy().peers());
        assertEquals(2, config.warnings().size());
    }
}

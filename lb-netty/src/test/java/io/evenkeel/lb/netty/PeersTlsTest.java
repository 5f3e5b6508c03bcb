package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import io.evenkeel.lb.peers.PeerState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that speak TLS with a real HAProxy; both read the same {@code peers} section. */
class PeersTlsTest {
    private static final String GLOBAL =
            """
            global
                localpeer e
            defaults
                mode tcp
                timeout client 10s
                timeout server 10s
                timeout connect 2s
            """;

    @TempDir static Path directory;
    private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();
    private static PrintStream before;
    private static TestCertificates certificates;
    private static TestCertificates strangers;
    private static String ours;
    private static String theirs;

    private int portE;
    private int portH;

    @BeforeAll
    static void issue() throws Exception {
        certificates = new TestCertificates(directory);
        strangers = new TestCertificates(Files.createDirectory(directory.resolve("strangers")));
        ours = certificates.file("e.pem", "e.example.com");
        theirs = certificates.file("h.pem", "h.example.com");
        before = System.err;
        System.setErr(new PrintStream(LOG, true, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void restore() {
        System.setErr(before);
    }

    @BeforeEach
    void choosePorts() throws Exception {
        LOG.reset();
        portE = TcpServer.unusedPort();
        portH = TcpServer.unusedPort();
    }

    /** Each shows a certificate to the other, whoever connects. */
    private static String file(String certificate, String authorities, int h, int e)
            throws Exception {
        return """
               peers mesh
                   default-bind ssl crt %1$s verify required ca-file %2$s
                   default-server ssl crt %1$s verify required ca-file %2$s
                   peer h 127.0.0.1:%3$d sni str(h.example.com)
                   peer e 127.0.0.1:%4$d verifyhost e.example.com
               listen web
                   bind 127.0.0.1:%5$d
                   stick-table type ip size 1024 expire 5m peers mesh
                   stick on src
                   server one 127.0.0.1:1
                   server two 127.0.0.1:2
               backend counts
                   stick-table type string len 20 size 1024 peers mesh store gpt0
               """
                .formatted(certificate, authorities, h, e, TcpServer.unusedPort());
    }

    private static TcpProxy proxy(Transport transport, String file) throws Exception {
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(
                                HaproxyConfigReader.read(
                                                "f", GLOBAL + file, name -> null, f -> null)
                                        .proxy())
                        .eventLoops(1)
                        .transport(transport)
                        .drainTimeout(Duration.ZERO)
                        .build();
        proxy.start();
        return proxy;
    }

    private HaproxyProcess haproxy(String file) throws Exception {
        return HaproxyProcess.start(directory, "h", file);
    }

    private static PeerState peer(TcpProxy proxy) {
        return proxy.peers().get(0);
    }

    /** What one learns the other knows, both ways. */
    private static void exchange(TcpProxy proxy, HaproxyProcess haproxy) throws Exception {
        Await.until(() -> peer(proxy).connected(), () -> peer(proxy).toString());
        StickTable web = proxy.stickTable("web");
        StickKeyBuffer key = web.newKey();
        // More than a TLS record holds.
        for (int i = 0; i < 1_000; i++) {
            key.setAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i});
            web.store(key, i % 2 == 0 ? "one" : "two", System.nanoTime());
        }
        Await.until(
                "theirs has it all", () -> haproxy.tell("show table web").contains("used:1000"));
        String seventh = haproxy.tell("show table web key 10.0.0.7");
        assertTrue(seventh.contains("server_key=two"), seventh);
        haproxy.tell("set table counts key theirs data.gpt0 7");
        Await.until("this one has it", () -> mark(proxy) == 7);
        Await.until("all is confirmed", () -> peer(proxy).unconfirmed() == 0);
        assertTrue(haproxy.tell("show peers").contains("proto_err=0"), haproxy.tell("show peers"));
    }

    private static long mark(TcpProxy proxy) {
        StickTable counts = proxy.stickTable("counts");
        StickKey key = StickKey.parse(counts.config().keyType(), "theirs");
        StickRecord record = counts.entry(key, System.nanoTime());
        return record == null ? 0 : record.values().getOrDefault(StickDataType.GPT0, 0L);
    }

    @ParameterizedTest
    @EnumSource
    void aRealHaproxyIsConnectedTo(Transport transport) throws Exception {
        String authorities = certificates.authorityFile();
        // Where HAProxy would find the other nobody listens.
        String elsewhere = file(theirs, authorities, portH, TcpServer.unusedPort());
        try (HaproxyProcess haproxy = haproxy(elsewhere);
                TcpProxy proxy = proxy(transport, file(ours, authorities, portH, portE))) {
            exchange(proxy, haproxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRealHaproxyConnects(Transport transport) throws Exception {
        String authorities = certificates.authorityFile();
        String elsewhere = file(ours, authorities, TcpServer.unusedPort(), portE);
        try (TcpProxy proxy = proxy(transport, elsewhere);
                HaproxyProcess haproxy = haproxy(file(theirs, authorities, portH, portE))) {
            exchange(proxy, haproxy);
        }
    }

    /** A renewed file is read while the proxy runs. */
    @Test
    void aPeerWithAForeignCertificateIsTriedAgainUntilItHasAGoodOne() throws Exception {
        Path authorities = directory.resolve("authorities.pem");
        Files.copy(Path.of(strangers.authorityFile()), authorities);
        String elsewhere =
                file(theirs, certificates.authorityFile(), portH, TcpServer.unusedPort());
        try (HaproxyProcess haproxy = haproxy(elsewhere);
                TcpProxy proxy =
                        proxy(Transport.best(), file(ours, authorities.toString(), portH, portE))) {
            String away = "Peers mesh: h is away: it cannot be connected to: TLS: ";
            Await.until(() -> log().contains(away), PeersTlsTest::log);
            Await.until(
                    () -> peer(proxy).detail().contains("Signature does not match"),
                    () -> peer(proxy).detail());
            Files.copy(
                    Path.of(certificates.authorityFile()),
                    authorities,
                    StandardCopyOption.REPLACE_EXISTING);
            proxy.reloadCertificates();
            exchange(proxy, haproxy);
        }
    }

    @Test
    void whoeverConnectsWithAForeignCertificateOrWithoutTlsIsRefused() throws Exception {
        String authorities = certificates.authorityFile();
        try (TcpProxy proxy =
                proxy(Transport.best(), file(ours, authorities, TcpServer.unusedPort(), portE))) {
            String foreign = strangers.file("foreign.pem", "h.example.com");
            String good = file(theirs, authorities, portH, portE);
            String refused =
                    "A connection from 127.0.0.1 was refused by the peers mesh: the TLS handshake"
                            + " failed: ";
            try (HaproxyProcess haproxy = haproxy(good.replace(theirs, foreign))) {
                Await.until(
                        () -> log().contains(refused + "Signature does not match"),
                        PeersTlsTest::log);
                assertFalse(peer(proxy).connected());
                assertTrue(haproxy.tell("show peers").contains("id=e(remote"));
            }
            try (HaproxyProcess haproxy = haproxy(good.replace("server ssl", "server"))) {
                Await.until(
                        () -> log().contains("begin with a ClientHello"),
                        () -> log() + haproxy.tell("show peers"));
                assertFalse(peer(proxy).connected());
                assertTrue(haproxy.tell("show peers").contains("id=e(remote"));
            }
            try (HaproxyProcess haproxy = haproxy(good)) {
                exchange(proxy, haproxy);
            }
        }
    }

    @Test
    void aFileThatIsMissingStopsTheStart() throws Exception {
        ProxyStartException refused =
                assertThrows(
                        ProxyStartException.class,
                        () -> proxy(Transport.best(), file("/none.pem", ours, portH, portE)));
        assertTrue(
                refused.getMessage().contains("Peers mesh has no certificates to use: "),
                refused.getMessage());
        assertTrue(
                refused.getMessage().contains("Peer mesh/h has no certificates to use: "),
                refused.getMessage());
    }

    private static String log() {
        return LOG.toString(StandardCharsets.UTF_8);
    }
}

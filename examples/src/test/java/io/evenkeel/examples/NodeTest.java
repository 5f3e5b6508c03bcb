package io.evenkeel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.netty.Transport;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} runs, on loopback. */
class NodeTest {
    @TempDir Path folder;

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        port = UnusedPorts.next();
    }

    private ConfigFiles files(String bindWords) throws IOException {
        return read(
                """
                defaults
                    timeout client 10s
                    timeout connect 10s
                    timeout server 10s
                listen web
                    bind 127.0.0.1:%d %s
                    server s1 127.0.0.1:1
                """
                        .formatted(port, bindWords));
    }

    private ConfigFiles read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
        ConfigFiles files = ConfigFiles.read(null, file, "");
        assertEquals(List.of(), files.problems());
        return files;
    }

    private X509Bundle writeCertificate() throws Exception {
        X509Bundle made =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        Files.writeString(
                folder.resolve("web.pem"), made.getCertificatePEM() + made.getPrivateKeyPEM());
        return made;
    }

    private Certificate shown(X509Bundle trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("web", trusted.getCertificate());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket client =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(10_000);
            client.startHandshake();
            return client.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void aReloadReadsCertificatesThoughTheFileThatNamesThemIsTheSame() throws Exception {
        X509Bundle first = writeCertificate();
        ConfigFiles files = files("ssl crt " + folder.resolve("web.pem"));
        try (Node node = new Node(files, Duration.ZERO, null)) {
            node.start();
            assertEquals(first.getCertificate(), shown(first));

            X509Bundle second = writeCertificate();
            assertEquals(List.of("the proxy stays as it is"), node.reload(files));
            assertEquals(second.getCertificate(), shown(second));

            Files.writeString(folder.resolve("web.pem"), "damaged");
            Node.HostRefusal refusal =
                    assertThrows(Node.HostRefusal.class, () -> node.reload(files));
            assertTrue(String.valueOf(refusal.getMessage()).contains("web.pem"), refusal::toString);
            assertEquals(second.getCertificate(), shown(second));
        }
    }

    /** One that has a peer, on other ports. */
    private ConfigFiles withPeers(int web, int peers) throws IOException {
        return read(
                """
                global
                    localpeer here
                peers mesh
                    bind 127.0.0.1:%d
                    server here
                    server there 127.0.0.1:1
                defaults
                    timeout client 10s
                    timeout connect 10s
                    timeout server 10s
                listen web
                    bind 127.0.0.1:%d
                    stick-table type ip size 1k peers mesh
                    server s1 127.0.0.1:1
                """
                        .formatted(peers, web));
    }

    private static boolean listens(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatWasAppliedInPartIsTakenBackByTheFileOfBefore() throws Exception {
        ConfigFiles before = files("");
        int other = UnusedPorts.next();
        try (Node node = new Node(before, Duration.ZERO, null)) {
            node.start();
            ConfigFiles next;
            int peers;
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                peers = taken.getLocalPort();
                next = withPeers(other, peers);
                assertAppliedInPart(node, next);
                assertTrue(listens(other));

                assertEquals(List.of("the proxy is as the file says now"), node.reload(before));
                assertTrue(listens(port));
                assertFalse(listens(other));
                assertEquals(List.of("the proxy stays as it is"), node.reload(before));

                assertAppliedInPart(node, next);
            }
            assertEquals(List.of("the proxy is as the file says now"), node.reload(next));
            assertTrue(listens(peers));
        }
    }

    private static void assertAppliedInPart(Node node, ConfigFiles next) {
        Node.HostRefusal refusal = assertThrows(Node.HostRefusal.class, () -> node.reload(next));
        assertTrue(
                String.valueOf(refusal.getMessage())
                        .startsWith("All else of the new configuration is in effect: "),
                refusal::toString);
    }

    @Test
    void socketsAreDrivenByIoUringOnlyIfThatIsAskedFor() throws Exception {
        assertFalse(drivenByRings(null));
        assertTrue(drivenByRings(Transport.IO_URING));
        assertFalse(drivenByRings(Transport.EPOLL));
        assertFalse(drivenByRings(Transport.NIO));
    }

    private boolean drivenByRings(@Nullable Transport transport) throws Exception {
        long before = rings();
        try (Node node = new Node(files(""), Duration.ZERO, transport)) {
            node.start();
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return rings() > before;
        }
    }

    /** How many io_urings this process has. */
    private static long rings() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(NodeTest::isRing).count();
        }
    }

    private static boolean isRing(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals("anon_inode:[io_uring]");
        } catch (IOException e) {
            return false; // closed since it was listed
        }
    }
}

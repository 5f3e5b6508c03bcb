package io.evenkeel.benchmarks.soak;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * An authority of the soak's own, the frontend's certificate, which is replaced while connections go on, that of the servers, and the
 * sockets of both sides. Thread safe.
 */
final class Certificates {
    /** Whoever asks the frontend for it comes to servers that speak TLS. */
    static final String ENCRYPTED = "encrypted.soak.example";

    /** Whoever asks the frontend for it comes to servers that do not. */
    static final String CLEAR = "clear.soak.example";

    /** What servers are called in their certificate. */
    static final String SERVERS = "servers.soak.example";

    private final Path file;
    private final X509Bundle authority;
    private final SSLSocketFactory clients;
    private final SSLSocketFactory servers;
    private final List<Shown> shown = new ArrayList<>();
    private String content;

    /** A certificate of the frontend, from when it was in the file until the proxy said that it has read the next one. */
    private static final class Shown {
        private final BigInteger serial;
        private final long fromNanos = System.nanoTime();
        private long untilNanos;
        private boolean over;

        Shown(X509Bundle bundle) {
            serial = bundle.getCertificate().getSerialNumber();
        }

        boolean between(long startNanos, long endNanos) {
            return fromNanos - endNanos <= 0 && (!over || untilNanos - startNanos >= 0);
        }
    }

    Certificates(Place place) throws IOException {
        file = place.certificate();
        try {
            authority =
                    valid("Authority of the soak")
                            .setIsCertificateAuthority(true)
                            .buildSelfSigned();
            Files.writeString(place.authority(), authority.getCertificatePEM());
            X509Bundle own = valid(SERVERS).addSanDnsName(SERVERS).buildIssuedBy(authority);
            KeyManager[] keys = own.toKeyManagerFactory().getKeyManagers();
            servers = context(keys, null).getSocketFactory();
            clients = context(null, authority.getCertificate()).getSocketFactory();
        } catch (Exception e) {
            throw new SoakException("No certificates can be made: " + e);
        }
        content = "";
        replace();
    }

    private static CertificateBuilder valid(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(Instant.now().minus(Duration.ofDays(1)))
                .notAfter(Instant.now().plus(Duration.ofDays(30)));
    }

    private static SSLContext context(
            KeyManager @Nullable [] keys, @Nullable X509Certificate trusted)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (trusted != null) {
            store.setCertificateEntry("authority", trusted);
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    /** Puts another certificate into the frontend's file. */
    synchronized void replace() throws IOException {
        X509Bundle next;
        try {
            next =
                    valid("frontend")
                            .addSanDnsName(ENCRYPTED)
                            .addSanDnsName(CLEAR)
                            .buildIssuedBy(authority);
        } catch (Exception e) {
            throw new IOException("No certificate can be made: " + e, e);
        }
        content = next.getCertificatePEM() + next.getPrivateKeyPEM();
        shown.add(new Shown(next));
        write(content);
    }

    /** The proxy has said that it has read the file. */
    synchronized void taken() {
        for (Shown before : shown.subList(0, shown.size() - 1)) {
            if (!before.over) {
                before.untilNanos = System.nanoTime();
                before.over = true;
            }
        }
    }

    /** Cuts the file off. */
    synchronized void damage() throws IOException {
        write(content.substring(0, content.length() / 2));
    }

    /** As it was before it was damaged. */
    synchronized void restore() throws IOException {
        write(content);
    }

    private void write(String text) throws IOException {
        Path next = file.resolveSibling("frontend.pem.new");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Shakes hands as a client that asks for that name, and has the certificate verified.
     *
     * @param sinceNanos when the client began
     */
    SSLSocket connect(Socket connected, String name, long sinceNanos) throws IOException {
        SSLSocket socket =
                (SSLSocket) clients.createSocket(connected, name, connected.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        X509Certificate peer = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        if (!inUse(peer.getSerialNumber(), sinceNanos, System.nanoTime())) {
            throw new WrongByteException("in the certificate, which is not the one in use");
        }
        return socket;
    }

    private synchronized boolean inUse(BigInteger serial, long startNanos, long endNanos) {
        return shown.stream()
                .anyMatch(
                        certificate ->
                                certificate.serial.equals(serial)
                                        && certificate.between(startNanos, endNanos));
    }

    /** A server's side of a connection; it shakes hands when it is first read. */
    Socket accept(Socket accepted) throws IOException {
        SSLSocket socket = (SSLSocket) servers.createSocket(accepted, null, true);
        socket.setUseClientMode(false);
        return socket;
    }
}

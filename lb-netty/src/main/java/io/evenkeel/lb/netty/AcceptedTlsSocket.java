package io.evenkeel.lb.netty;

import io.evenkeel.lb.TerminatedTls;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection off which TLS is taken. Before it is {@link #start}ed the bytes are those of {@link #below}, such as a PROXY header. The
 * name in the ClientHello says the certificate, so that is read first.
 */
final class AcceptedTlsSocket extends TlsStreamSocket {
    /** A fatal alert: unrecognized_name (RFC 6066). */
    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};

    private final ClientHelloParser hello = new ClientHelloParser();
    private @Nullable BindTls tls;
    private @Nullable FirstBytes first;
    private boolean starting;
    private boolean settled;
    private @Nullable SSLException failure;

    /** @param tls valid until the loop is left */
    AcceptedTlsSocket(
            LoopContext context, StreamSocket accepted, @Nullable BindTls tls, Listener listener) {
        super(context, accepted, listener);
        this.tls = tls;
        if (tls != null) {
            tls.retain();
        }
    }

    /**
     * Shakes hands; the listener is told that it can read when that is over.
     *
     * @param read what was read of it already
     */
    void start(FirstBytes read) {
        first = read;
        // What comes of it at once the caller sees.
        starting = true;
        readHello(read);
        starting = false;
    }

    boolean isStarted() {
        return first != null || settled;
    }

    /** Whether the handshake is over. */
    boolean isSettled() {
        return settled;
    }

    /** Why the handshake has failed; null if it has not. */
    @Nullable SSLException failure() {
        return failure;
    }

    /** What came of the handshake, if it has not failed. */
    TerminatedTls terminated() {
        SSLSession session = engine().getSession();
        String protocol = engine().getApplicationProtocol();
        return new TerminatedTls(
                hello.serverName(),
                protocol == null || protocol.isEmpty() ? null : protocol,
                session.getProtocol(),
                session.getCipherSuite(),
                certificate(session));
    }

    private static TerminatedTls.@Nullable ClientCertificate certificate(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate shown
                    ? new TerminatedTls.ClientCertificate(CertificateNames.commonName(shown))
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            // It has shown none.
            return null;
        }
    }

    @Override
    void onReadyBefore() {
        FirstBytes so = first;
        if (so == null || settled) {
            passOn();
        } else {
            readHello(so);
        }
    }

    private void readHello(FirstBytes so) {
        while (true) {
            switch (hello.parse(so.bytes(), so.length())) {
                case HELLO -> {
                    answer(so);
                    return;
                }
                case OTHER -> {
                    settle(new SSLException("the client does not begin with a ClientHello"));
                    return;
                }
                case MORE -> {
                    if (!readMore(so)) {
                        return;
                    }
                }
            }
        }
    }

    private boolean readMore(FirstBytes so) {
        ByteBuffer bytes = context().chunks().scratch().bytes().clear();
        bytes.limit(so.room());
        int n;
        try {
            n = below().read(bytes);
        } catch (IOException e) {
            settle(new SSLException("the connection was reset", e));
            return false;
        }
        if (n < 0) {
            settle(new SSLException("the client has closed the connection"));
        } else if (n > 0) {
            so.append(bytes.flip());
        }
        return n > 0;
    }

    private void answer(FirstBytes so) {
        BindTls certificates = tls;
        if (certificates == null) {
            settle(new SSLException("the address has no certificates any more"));
            return;
        }
        SslContext chosen = certificates.select(hello.serverName());
        if (chosen == null) {
            refuseName();
            return;
        }
        SSLEngine engine = chosen.newEngine(context().tls().allocator());
        first = null;
        tls = null;
        certificates.release();
        shakeHands(engine, so.bytes(), so.length());
    }

    private void refuseName() {
        try {
            ByteBuffer alert = context().chunks().scratch().bytes().clear();
            below().write(alert.put(UNRECOGNIZED_NAME).flip());
        } catch (IOException e) {
            // It is refused all the same.
        }
        settle(
                new SSLException(
                        hello.serverName() == null
                                ? "the client asks for no name"
                                : "there is no certificate for " + hello.serverName()));
    }

    @Override
    void onHandshakeEnd(@Nullable SSLException why) {
        settle(why);
    }

    private void settle(@Nullable SSLException why) {
        settled = true;
        failure = why;
        markReadable();
        if (!starting) {
            ready(true, false, below().hungUp(), below().failed());
        }
    }

    @Override
    void connect(InetSocketAddress remote) {
        throw new IllegalStateException("A client's connection is connected already.");
    }

    @Override
    public void onConnected(StreamSocket socket, @Nullable IOException why) {
        throw new IllegalStateException("A client's connection is connected already.");
    }

    @Override
    void closeNow(boolean reset) {
        super.closeNow(reset);
        BindTls held = tls;
        if (held != null) {
            tls = null;
            held.release();
        }
    }
}

package io.evenkeel.lb.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A connection to a server with TLS. It is connected when the handshake is over. */
final class ConnectingTlsSocket extends TlsStreamSocket {
    private static final byte[] NOTHING = {};

    private final ServerTls tls;
    private final @Nullable String name;
    private final Preamble preamble;
    private @Nullable InetSocketAddress server;

    /** What is sent in front of TLS. */
    interface Preamble {
        /** False if it was not taken, so that the connection is of no use. */
        boolean send(StreamSocket socket);
    }

    /**
     * @param tls valid until the loop is left
     * @param name that the server is asked for, or null if for none
     */
    ConnectingTlsSocket(
            LoopContext context,
            StreamSocket socket,
            ServerTls tls,
            @Nullable String name,
            Preamble preamble,
            Listener listener) {
        super(context, socket, listener);
        this.tls = tls;
        this.name = name;
        this.preamble = preamble;
        tls.retain();
    }

    @Override
    void connect(InetSocketAddress remote) throws IOException {
        server = remote;
        startedConnecting();
        // The ClientHello, if not a PROXY header.
        below().bytesFollow();
        below().connect(remote);
    }

    @Override
    public void onConnected(StreamSocket socket, @Nullable IOException failure) {
        InetSocketAddress remote = server;
        if (failure != null || remote == null) {
            connected(failure);
        } else if (!preamble.send(socket)) {
            connected(new IOException("The PROXY header was not taken."));
        } else {
            shakeHands(tls.newEngine(context().tls().allocator(), remote, name), NOTHING, 0);
        }
    }

    @Override
    void onReadyBefore() {
        // Nothing is done before it is connected.
    }

    @Override
    void onHandshakeEnd(@Nullable SSLException failure) {
        String wrong = failure == null ? tls.wrongName(engine(), name) : null;
        SSLException cause = wrong == null ? failure : new SSLException(wrong);
        tls.tell(Objects.requireNonNull(server), cause);
        connected(cause);
    }

    @Override
    void closeNow(boolean reset) {
        super.closeNow(reset);
        tls.release();
    }
}

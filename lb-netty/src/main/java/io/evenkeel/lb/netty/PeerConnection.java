package io.evenkeel.lb.netty;

import io.evenkeel.lb.peers.PeerSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A socket to or from a peer, with TLS where that is configured, and the session on it. On its loop. */
final class PeerConnection implements StreamSocket.Listener {
    private static final byte[] NOTHING = new byte[0];

    /** Then others have their turn: a peer may send faster than what it says is understood. */
    private static final int READS_PER_TURN = 4;

    private final PeerLoop owner;
    private @Nullable PeerSession session;
    private @Nullable StreamSocket socket;
    private boolean connected;
    private boolean goesOn;

    /** What the kernel has not taken. */
    private byte[] unsent = NOTHING;

    PeerConnection(PeerLoop owner) {
        this.owner = owner;
    }

    @Nullable PeerSession session() {
        return session;
    }

    /** It will have a socket later, unless the session is over by then. */
    void expect(PeerSession itsSession) {
        session = itsSession;
    }

    void connecting(StreamSocket itsSocket) {
        socket = itsSocket;
    }

    void accepted(PeerSession itsSession, StreamSocket itsSocket) throws IOException {
        session = itsSession;
        socket = itsSocket;
        connected = true;
        itsSocket.register();
    }

    /** The same with a handshake to come. */
    void acceptedWithTls(PeerSession itsSession, AcceptedTlsSocket itsSocket) throws IOException {
        session = itsSession;
        socket = itsSocket;
        itsSocket.register();
        itsSocket.start(new FirstBytes());
        settle(itsSocket);
    }

    /** False if it is not connected. */
    private boolean settle(AcceptedTlsSocket secured) {
        if (!secured.isSettled()) {
            return false;
        }
        SSLException failure = secured.failure();
        if (failure != null) {
            owner.refuse(this, "the TLS handshake failed: " + TlsFailure.part(failure));
            return false;
        }
        connected = true;
        return true;
    }

    @Override
    public void onConnected(StreamSocket from, @Nullable IOException failure) {
        if (failure == null) {
            connected = true;
            owner.turn();
        } else {
            owner.end(this, "it cannot be connected to: " + reason(failure));
        }
    }

    @Override
    public void onReady(StreamSocket from) {
        if (!connected && socket instanceof AcceptedTlsSocket secured && !settle(secured)) {
            return;
        }
        owner.read(this);
        owner.turn();
    }

    @Override
    public void onBug(Throwable bug) {
        owner.end(this, "of an error of this program: " + bug);
    }

    /** Comes back to what {@link #read} has left, in the next turn. */
    private void goOn() {
        goesOn = false;
        try {
            owner.read(this);
            owner.turn();
        } catch (RuntimeException | Error e) {
            onBug(e);
        }
    }

    /** Gives the session what has arrived, or some of it. Why the connection has ended, or null if it has not. */
    @Nullable String read(ByteBuffer buffer) {
        StreamSocket from = socket;
        PeerSession to = session;
        if (from == null || to == null || !connected) {
            return null;
        }
        try {
            for (int i = 0; from.readReady() && !to.isOver(); i++) {
                if (i == READS_PER_TURN) {
                    if (!goesOn) {
                        goesOn = true;
                        owner.inNextTurn(this::goOn);
                    }
                    break;
                }
                buffer.clear();
                int count = from.read(buffer);
                if (count < 0) {
                    return "it has closed the connection";
                }
                to.receive(buffer.flip(), System.nanoTime());
            }
            from.wantRead(true);
            return null;
        } catch (IOException e) {
            return "the connection is broken: " + reason(e);
        }
    }

    /** Sends what there is to say. Why the connection has ended, or null if it has not. */
    @Nullable String write(ByteBuffer buffer) {
        StreamSocket to = socket;
        PeerSession from = session;
        if (to == null || from == null || !connected || !to.writeReady()) {
            return null;
        }
        try {
            while (true) {
                buffer.clear();
                buffer.put(unsent);
                unsent = NOTHING;
                from.send(buffer, System.nanoTime());
                if (!buffer.flip().hasRemaining()) {
                    return null;
                }
                to.write(buffer);
                if (buffer.hasRemaining()) {
                    unsent = new byte[buffer.remaining()];
                    buffer.get(unsent);
                    to.wantWrite();
                    return null;
                }
            }
        } catch (IOException e) {
            return "the connection is broken: " + reason(e);
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof SSLException
                ? "TLS: " + TlsFailure.part(failure)
                : String.valueOf(failure.getMessage());
    }

    void close() {
        StreamSocket.release(socket, false);
        socket = null;
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.peers.PeerSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A socket to or from a peer, and the session on it. On its loop. */
final class PeerConnection implements StreamSocket.Listener {
    private static final byte[] NOTHING = new byte[0];

    private final PeerLoop owner;
    private @Nullable PeerSession session;
    private @Nullable StreamSocket socket;
    private boolean connected;

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

    @Override
    public void onConnected(StreamSocket from, @Nullable IOException failure) {
        if (failure == null) {
            connected = true;
            owner.turn();
        } else {
            owner.end(this, "it cannot be connected to: " + failure.getMessage());
        }
    }

    @Override
    public void onReady(StreamSocket from) {
        owner.read(this);
        owner.turn();
    }

    @Override
    public void onBug(RuntimeException bug) {
        owner.end(this, "of an error of this program: " + bug);
    }

    /** Gives the session what has arrived. Why the connection has ended, or null if it has not. */
    @Nullable String read(ByteBuffer buffer) {
        StreamSocket from = socket;
        PeerSession to = session;
        if (from == null || to == null || !connected) {
            return null;
        }
        try {
            while (from.readReady() && !to.isOver()) {
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
            return "the connection is broken: " + e.getMessage();
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
            return "the connection is broken: " + e.getMessage();
        }
    }

    void close() {
        StreamSocket.release(socket, false);
        socket = null;
    }
}

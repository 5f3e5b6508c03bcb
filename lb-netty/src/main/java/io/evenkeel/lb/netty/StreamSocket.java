package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * A non-blocking TCP socket on one event loop, without a pipeline. Used by its loop's thread alone.
 *
 * <p>Why not a Netty channel: its epoll transport reads all that the kernel holds once the peer has closed, whether
 * or not reading was asked for, and goes on polling a hung-up socket that nobody reads. Both break the bound on what
 * a session may hold.
 */
abstract class StreamSocket {
    /** Told, on the loop, what the socket can do now. */
    interface Listener {
        /** The connection attempt has ended: established if {@code failure} is null. */
        void onConnected(StreamSocket socket, @Nullable IOException failure);

        /** {@link #readReady}, {@link #writeReady}, {@link #hungUp} or {@link #failed} became true. */
        void onReady(StreamSocket socket);

        /** One of the calls above, or what follows from it, has failed for no reason that belongs to a connection. */
        void onBug(Throwable bug);
    }

    /** Told, on the loop, what has become of something posted. */
    interface PostListener {
        /**
         * Something posted is its poster's again, with its position after what the kernel took, also after the socket was closed.
         *
         * @param failure why the connection takes nothing any more; null if it does
         */
        void onPosted(Chunk chunk, @Nullable IOException failure);
    }

    private Listener listener;
    private boolean readReady;
    private boolean writeReady = true;
    private boolean hungUp;
    private boolean failed;
    private boolean urgent;
    private boolean connecting;
    private boolean closed;
    private @Nullable Runnable afterClose;

    StreamSocket(Listener listener) {
        this.listener = listener;
    }

    /** Registers with the loop; a socket that is connected already starts to report. */
    abstract void register() throws IOException;

    /**
     * Makes a socket that is not connected yet as configured.
     *
     * @param local where it is to connect from, with port 0 for any; null for what the system chooses
     */
    abstract void prepare(ConnectConfig config, @Nullable InetSocketAddress local)
            throws IOException;

    /** Starts to connect; {@link Listener#onConnected} follows, never within this call. */
    abstract void connect(InetSocketAddress remote) throws IOException;

    /** Without interest in reading, arriving bytes stay in the kernel. */
    abstract void wantRead(boolean wanted);

    /** Asks to be told when bytes can be written again. */
    abstract void wantWrite();

    /**
     * Sends FIN after what was written.
     *
     * @return false if something has to be written before that which the kernel does not take now; to be asked again
     */
    abstract boolean shutdownOutput() throws IOException;

    /** Whether {@link #close} does what {@link #shutdownOutput} does, and for less. */
    boolean closeSendsEnd() {
        return false;
    }

    /** What is written next may wait for {@link #shutdownOutput}, which follows it at once: that is one packet for both. */
    void endFollows() {}

    /** Something is written as soon as it is connected: the last packet of the handshake may wait for it. To be called before {@link #connect}. */
    void bytesFollow() {}

    /** Whether the peer is known to have sent something, read or not. */
    boolean hasReceived() {
        return false;
    }

    /** Whether the peer has acknowledged everything that was written, as far as the transport can tell. */
    abstract boolean outputDelivered();

    /** Whether {@link #hungUp} is reported; where it is not, only reading finds out. */
    abstract boolean reportsHangUp();

    abstract InetSocketAddress localAddress();

    /** Tells how much the system takes to be sent at once, until it is closed; null if it cannot. */
    @Nullable SendRoom sendRoom() {
        return null;
    }

    abstract int readNow(ByteBuffer into) throws IOException;

    abstract int writeNow(ByteBuffer from) throws IOException;

    abstract void closeNow(boolean reset);

    /**
     * Reads once.
     *
     * @return how many bytes, 0 if there are none now, -1 if the peer sent FIN
     * @throws IOException if the connection was reset
     */
    final int read(ByteBuffer into) throws IOException {
        int wanted = into.remaining();
        int n;
        try {
            n = readNow(into);
        } catch (NotYetConnectedException e) {
            throw gone(e);
        }
        // A short read has emptied the kernel's buffer. After a hang-up only the end says so, and
        // with urgent data, in front of which a read ends, only that there is nothing.
        if (n <= 0) {
            readReady = false;
            urgent = false;
        } else if (n < wanted && !hungUp && !urgent && !holdsMore()) {
            readReady = false;
        }
        return n;
    }

    /** Whether a read that gives less than was asked for may be followed by one that gives more at once. */
    boolean holdsMore() {
        return false;
    }

    /** What it holds in memory of its own. */
    int heldBytes() {
        return 0;
    }

    static int heldBytes(@Nullable StreamSocket one, @Nullable StreamSocket other) {
        return (one == null ? 0 : one.heldBytes()) + (other == null ? 0 : other.heldBytes());
    }

    /** Writes what the kernel takes. */
    final int write(ByteBuffer from) throws IOException {
        int n;
        try {
            n = writeNow(from);
        } catch (NotYetConnectedException e) {
            throw gone(e);
        }
        if (from.hasRemaining()) {
            writeReady = false;
        }
        return n;
    }

    /** Whether {@link #post} is there, and cheaper than {@link #write}. */
    boolean canPost() {
        return false;
    }

    /**
     * Writes what the kernel takes of it at the end of the loop's turn, together with what other sockets write. Until the listener has
     * heard of it the chunk is the socket's, and nothing else may be written.
     */
    void post(Chunk chunk, PostListener whenDone) {
        throw new UnsupportedOperationException("Nothing can be posted here.");
    }

    /** The kernel took less than it was given. */
    final void markFull() {
        writeReady = false;
    }

    /** ENOTCONN after a reset is an unchecked exception of Netty's and of the JDK's. */
    static IOException gone(NotYetConnectedException cause) {
        return new IOException("The connection was reset.", cause);
    }

    /** Closes the connection with FIN; the kernel delivers what was written. Idempotent. */
    public final void close() {
        close(false);
    }

    /** Closes the connection with RST; what the kernel has not delivered yet is lost. Idempotent. */
    final void reset() {
        close(true);
    }

    private void close(boolean reset) {
        if (closed) {
            return;
        }
        closed = true;
        closeNow(reset);
        Runnable last = afterClose;
        if (last != null) {
            last.run();
        }
    }

    /** Has that done when the socket is closed. */
    final void afterClose(Runnable step) {
        afterClose = step;
    }

    /** By RST or by FIN; nothing happens if there is no socket. */
    static void release(@Nullable StreamSocket socket, boolean reset) {
        if (socket != null && reset) {
            socket.reset();
        } else if (socket != null) {
            socket.close();
        }
    }

    final boolean isClosed() {
        return closed;
    }

    final boolean isConnecting() {
        return connecting;
    }

    /** A read may find bytes, the end or an error. */
    final boolean readReady() {
        return readReady;
    }

    final boolean writeReady() {
        return writeReady;
    }

    /** The peer has sent FIN or RST; bytes may still be waiting before it. */
    final boolean hungUp() {
        return hungUp;
    }

    /** The connection is broken; bytes may still be waiting. */
    final boolean failed() {
        return failed;
    }

    /** Has somebody else told from now on. */
    final void listenTo(Listener other) {
        listener = other;
    }

    final Listener listener() {
        return listener;
    }

    /** The peer has sent urgent data: until nothing is left a short read is not the last. */
    final void markUrgent() {
        urgent = true;
    }

    final void markReadable() {
        readReady = true;
    }

    /** Makes the next look at this socket a read, whatever was reported so far. */
    final void assumeReadable() {
        hungUp = true;
        readReady = true;
    }

    final void startedConnecting() {
        connecting = true;
    }

    final void connected(@Nullable IOException failure) {
        if (closed) {
            return;
        }
        connecting = false;
        try {
            listener.onConnected(this, failure);
        } catch (Throwable e) {
            reportBug(e);
        }
    }

    final void ready(boolean readable, boolean writable, boolean hangUp, boolean error) {
        if (closed) {
            return;
        }
        readReady |= readable;
        writeReady |= writable;
        hungUp |= hangUp;
        failed |= error;
        try {
            listener.onReady(this);
        } catch (Throwable e) {
            reportBug(e);
        }
    }

    /** Has its listener end what it belongs to, and nothing else; throws nothing. */
    final void reportBug(Throwable bug) {
        try {
            listener.onBug(bug);
        } catch (Throwable e) {
            LastResort.log("Ending a connection", e);
        }
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection over a socket, which is a socket itself: its bytes are those within TLS, its FIN is a close_notify alert and then FIN.
 */
abstract class TlsStreamSocket extends StreamSocket
        implements StreamSocket.Listener, TlsHandshake.Listener {
    private final LoopContext context;
    private final StreamSocket below;
    private @Nullable SSLEngine engine;
    private @Nullable TlsInput input;
    private @Nullable TlsOutput output;
    private @Nullable TlsHandshake handshake;
    private boolean open;

    TlsStreamSocket(LoopContext context, StreamSocket below, Listener listener) {
        super(listener);
        this.context = context;
        this.below = below;
        below.listenTo(this);
    }

    final LoopContext context() {
        return context;
    }

    /** The socket that records come from and go to. */
    final StreamSocket below() {
        return below;
    }

    final SSLEngine engine() {
        return Objects.requireNonNull(engine);
    }

    /**
     * Shakes hands; {@link #onHandshakeEnd} follows, perhaps within this call.
     *
     * @param made this socket's from now on
     * @param first what was read already
     */
    final void shakeHands(SSLEngine made, byte[] first, int length) {
        engine = made;
        TlsInput in = new TlsInput(below, context.chunks(), made);
        TlsOutput out = new TlsOutput(below, context.chunks(), made);
        input = in;
        output = out;
        // From here on the engine is given back with this socket.
        TlsHandshake started = new TlsHandshake(made, in, out, below, context, this);
        handshake = started;
        if (length > 0) {
            in.add(first, length);
        }
        started.start();
    }

    /** The bytes within TLS follow if {@code failure} is null. */
    abstract void onHandshakeEnd(@Nullable SSLException failure);

    /** The socket can do something before there is a handshake. */
    abstract void onReadyBefore();

    @Override
    public final void onHandshake(@Nullable SSLException failure) {
        if (isClosed()) {
            return;
        }
        if (failure == null) {
            open = true;
            // The kernel may have told already what is in the engine's hands or its own.
            markReadable();
        }
        onHandshakeEnd(failure);
    }

    @Override
    public final void onReady(StreamSocket socket) {
        TlsHandshake running = handshake;
        if (isClosed()) {
            return;
        }
        if (open) {
            ready(below.readReady(), takesMore(), below.hungUp(), below.failed());
        } else if (running != null) {
            running.advance();
        } else {
            onReadyBefore();
        }
    }

    /** Whether the records that were written before are on their way; who waits to write more hears of it only then. */
    private boolean takesMore() {
        if (!below.writeReady()) {
            return false;
        }
        boolean flushed = Objects.requireNonNull(output).tryFlush();
        if (!flushed) {
            below.wantWrite();
        }
        return flushed;
    }

    /** Tells what the socket itself can do. */
    final void passOn() {
        ready(below.readReady(), below.writeReady(), below.hungUp(), below.failed());
    }

    @Override
    public final void onBug(Throwable bug) {
        listener().onBug(bug);
    }

    @Override
    final void register() throws IOException {
        below.register();
    }

    @Override
    final void prepare(ConnectConfig config, @Nullable InetSocketAddress local) throws IOException {
        below.prepare(config, local);
    }

    @Override
    final void wantRead(boolean wanted) {
        below.wantRead(wanted);
    }

    @Override
    final void wantWrite() {
        below.wantWrite();
    }

    @Override
    final boolean shutdownOutput() throws IOException {
        return Objects.requireNonNull(output).finish();
    }

    @Override
    final boolean outputDelivered() {
        return output == null || output.isDelivered();
    }

    @Override
    final boolean reportsHangUp() {
        return below.reportsHangUp();
    }

    @Override
    final InetSocketAddress localAddress() {
        return below.localAddress();
    }

    @Override
    final int readNow(ByteBuffer into) throws IOException {
        return Objects.requireNonNull(input).read(into, hungUp());
    }

    @Override
    final boolean holdsMore() {
        return Objects.requireNonNull(input).holdsMore();
    }

    @Override
    final int writeNow(ByteBuffer from) throws IOException {
        return Objects.requireNonNull(output).write(from);
    }

    @Override
    final int heldBytes() {
        return (input == null ? 0 : input.heldBytes()) + (output == null ? 0 : output.heldBytes());
    }

    @Override
    void closeNow(boolean reset) {
        release(below, reset);
        if (input != null) {
            input.release();
        }
        if (output != null) {
            output.release();
        }
        if (handshake != null) {
            handshake.abandon();
        }
    }
}

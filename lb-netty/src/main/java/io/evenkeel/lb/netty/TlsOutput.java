package io.evenkeel.lb.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What goes out by TLS. Bytes count as written only when the kernel has taken their records, so that whoever writes knows what is still to be
 * written. Used by the loop's thread alone.
 */
final class TlsOutput {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final StreamSocket below;
    private final ChunkPool chunks;
    private final SSLEngine engine;

    /** Records that the kernel has not taken yet. */
    private @Nullable Chunk pending;

    /** How much of what comes next is in the {@link #pending} records already. */
    private int wrapped;

    private boolean closing;
    private @Nullable IOException broken;

    TlsOutput(StreamSocket below, ChunkPool chunks, SSLEngine engine) {
        this.below = below;
        this.chunks = chunks;
        this.engine = engine;
    }

    /**
     * Writes what the kernel takes; what it does not take comes again with the next call, unchanged.
     *
     * @return how many bytes
     */
    int write(ByteBuffer from) throws IOException {
        if (!flush()) {
            return 0;
        }
        int start = from.position();
        from.position(start + wrapped);
        wrapped = 0;
        while (from.hasRemaining() && pending == null) {
            int before = from.position();
            Chunk chunk = chunks.take();
            try {
                wrap(from, chunk.bytes());
                chunk.bytes().flip();
                below.write(chunk.bytes());
            } catch (Throwable e) {
                chunks.release(chunk);
                throw e;
            }
            keepRest(chunk);
            if (pending != null) {
                wrapped = from.position() - before;
                from.position(before);
            }
        }
        return from.position() - start;
    }

    private void wrap(ByteBuffer from, ByteBuffer into) throws SSLException {
        while (from.hasRemaining()) {
            SSLEngineResult result = engine.wrap(from, into);
            switch (result.getStatus()) {
                case OK -> {
                    if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                        throw new SSLException("nothing can be sent any more");
                    }
                }
                case BUFFER_OVERFLOW -> {
                    return;
                }
                default -> throw new SSLException("the TLS connection is closed");
            }
        }
    }

    private void keepRest(Chunk chunk) {
        if (chunk.bytes().hasRemaining()) {
            pending = chunk;
        } else {
            chunks.release(chunk);
        }
    }

    /** Whether the kernel has taken everything. */
    boolean flush() throws IOException {
        IOException failure = broken;
        if (failure != null) {
            throw failure;
        }
        Chunk rest = pending;
        if (rest == null) {
            return true;
        }
        below.write(rest.bytes());
        if (rest.bytes().hasRemaining()) {
            return false;
        }
        pending = null;
        chunks.release(rest);
        return true;
    }

    /** The same; a failure is left to the next call that may fail. */
    boolean tryFlush() {
        try {
            return flush();
        } catch (IOException e) {
            broken = e;
            return true;
        }
    }

    /**
     * Sends one record of those that the engine has to send itself.
     *
     * @return whether the kernel has taken everything
     * @throws SSLException if there is none
     */
    boolean sendOwn() throws IOException {
        if (!flush()) {
            return false;
        }
        Chunk chunk = chunks.take();
        try {
            SSLEngineResult result = engine.wrap(NOTHING.duplicate(), chunk.bytes());
            chunk.bytes().flip();
            if (!chunk.bytes().hasRemaining()
                    && result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                throw new SSLException("the handshake cannot go on");
            }
            below.write(chunk.bytes());
        } catch (Throwable e) {
            chunks.release(chunk);
            throw e;
        }
        keepRest(chunk);
        return pending == null;
    }

    /** Sends close_notify, then FIN; false: to be called again. */
    boolean finish() throws IOException {
        if (!flush()) {
            return false;
        }
        if (!closing) {
            closing = true;
            engine.closeOutbound();
            if (!sendOwn()) {
                return false;
            }
        }
        return below.shutdownOutput();
    }

    boolean isDelivered() {
        return pending == null && below.outputDelivered();
    }

    int heldBytes() {
        return pending == null ? 0 : Chunk.CAPACITY;
    }

    void release() {
        Chunk rest = pending;
        if (rest != null) {
            pending = null;
            chunks.release(rest);
        }
    }
}

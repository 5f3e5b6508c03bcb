package io.evenkeel.lb.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a client has sent before its server is connected. Used by the loop's thread alone. */
final class EarlyBytes {
    private final ChunkPool chunks;
    private @Nullable Chunk chunk;
    private boolean finished;

    EarlyBytes(ChunkPool chunks) {
        this.chunks = chunks;
    }

    /** Keeps what was read already, which is empty if null. */
    void keep(@Nullable Chunk read, boolean clientFinished) {
        chunk = read;
        finished = clientFinished;
    }

    /**
     * Looks whether the client has gone or finished, and keeps what it has sent. A client that has sent something and then FIN
     * wants its answer; one that has only finished, or reset the connection, wants nothing any more.
     *
     * @return whether the client wants its server still
     */
    boolean probe(StreamSocket socket) {
        if (socket.failed()) {
            return false;
        }
        if (chunk != null || finished) {
            socket.wantRead(false);
            return true;
        }
        ByteBuffer bytes = chunks.scratch().bytes().clear();
        int n;
        try {
            n = socket.read(bytes);
        } catch (IOException e) {
            return false;
        }
        if (n > 0) {
            bytes.flip();
            chunk = chunks.keepScratch();
            socket.wantRead(false);
        }
        return n >= 0;
    }

    /** Whether FIN followed the bytes. */
    boolean finished() {
        return finished;
    }

    /** The bytes, which are the caller's from now on; null if there are none. */
    @Nullable Chunk take() {
        Chunk taken = chunk;
        chunk = null;
        return taken;
    }

    /** What is held in memory now. */
    int bufferedBytes() {
        return chunk == null ? 0 : Chunk.CAPACITY;
    }

    void release() {
        Chunk taken = take();
        if (taken != null) {
            chunks.release(taken);
        }
    }
}

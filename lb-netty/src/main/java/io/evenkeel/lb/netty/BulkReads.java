package io.evenkeel.lb.netty;

import org.jspecify.annotations.Nullable;

/**
 * Lets a direction that moves much read more than a chunk at a time: each read costs an acknowledgement and each write wakes somebody. It
 * reads no more than the other side takes at once, so that a session holds no more for it.
 */
final class BulkReads implements AutoCloseable {
    /** After so many chunks in a row that were full and were taken at once. */
    static final int AFTER_FULL_CHUNKS = 4;

    /** What is less is left to chunks. */
    private static final int LEAST_BYTES = 2 * Chunk.CAPACITY;

    private final SendRoom room;
    private final ChunkPool chunks;

    private BulkReads(SendRoom room, ChunkPool chunks) {
        this.room = room;
        this.chunks = chunks;
    }

    /** For what is written to that socket; null if it cannot tell its room. */
    static @Nullable BulkReads to(StreamSocket socket, ChunkPool chunks) {
        SendRoom room = socket.sendRoom();
        if (room == null) {
            return null;
        }
        chunks.startBulk();
        return new BulkReads(room, chunks);
    }

    /** How much may be read at once now; 0 if that is not worth it. */
    int bytes() {
        int bytes = chunks.mayReadBulk() ? Math.min(Chunk.BULK_CAPACITY, room.bytes()) : 0;
        return bytes < LEAST_BYTES ? 0 : bytes;
    }

    @Override
    public void close() {
        room.close();
        chunks.endBulk();
    }
}

package io.evenkeel.lb.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;

/** A fixed piece of direct memory between one read and the write of what was read. */
final class Chunk {
    /** The most that one direction of a session holds, but for {@link ChunkPool#keepRest}. */
    static final int CAPACITY = 64 * 1024;

    /** Of the one chunk in a loop for directions that move much. */
    static final int BULK_CAPACITY = 512 * 1024;

    private final ByteBuf memory;
    private final ByteBuffer bytes;
    private long address;

    Chunk(ByteBufAllocator allocator) {
        this(allocator, CAPACITY);
    }

    Chunk(ByteBufAllocator allocator, int capacity) {
        memory = allocator.directBuffer(capacity, capacity);
        bytes = memory.nioBuffer(0, capacity);
    }

    int capacity() {
        return bytes.capacity();
    }

    /** Position to limit is what is still to be written. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Where its first byte is; for native sockets. */
    long address() {
        if (address == 0) {
            address = Buffer.memoryAddress(memory.nioBuffer(0, capacity()));
        }
        return address;
    }

    void free() {
        memory.release();
    }
}

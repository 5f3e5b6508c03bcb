package io.evenkeel.vrrp.netlink;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Zeroed memory outside the heap with an address that does not move: for the structures that the kernel reads and writes. */
final class NativeBuffer implements AutoCloseable {
    private final Memory memory;
    private final long address;
    private final ByteBuffer bytes;

    NativeBuffer(int size) {
        memory = new Memory(size);
        memory.clear();
        address = Pointer.nativeValue(memory);
        bytes = memory.getByteBuffer(0, size).order(ByteOrder.nativeOrder());
    }

    /** The address of the first byte, for {@link Libc}. */
    long address() {
        return address;
    }

    /** The same memory as a buffer in native byte order, always the same object. */
    ByteBuffer bytes() {
        return bytes;
    }

    int size() {
        return bytes.capacity();
    }

    /** Gives the memory back. Nobody may use the address or the buffer any more. */
    @Override
    public void close() {
        memory.close();
    }
}

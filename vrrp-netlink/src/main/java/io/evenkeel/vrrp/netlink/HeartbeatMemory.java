package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel reads when it sends queued advertisements: the destinations, and for each slot, which is one advertisement, its
 * time and a {@code struct msghdr} with the message for each destination.
 */
final class HeartbeatMemory implements AutoCloseable {
    private static final int ADDRESS_SIZE = 32;
    private static final int CONTROL_SIZE = 24;
    // struct msghdr and the one struct iovec that it points to, as on 64-bit Linux
    private static final int MSGHDR_SIZE = 56;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int VECTOR_SIZE = 16;

    private final int slots;
    private final int perSlot;
    private final NativeBuffer all;
    private final ByteBuffer[] addresses;
    private final ByteBuffer control;
    private final ByteBuffer[] messages;
    private final int[] headers;
    private final int[] times;

    /**
     * @param perSlot messages of one advertisement
     */
    HeartbeatMemory(int slots, int perSlot, int addressSize, VirtualRouterConfig config) {
        this.slots = slots;
        this.perSlot = perSlot;
        int messageSize = maxMessage(config);
        int shared = ADDRESS_SIZE * perSlot + CONTROL_SIZE;
        int each = MSGHDR_SIZE + VECTOR_SIZE + messageSize;
        all = new NativeBuffer(shared + (Timespec.SIZE + each * perSlot) * slots);
        addresses = new ByteBuffer[perSlot];
        for (int i = 0; i < perSlot; i++) {
            addresses[i] = slice(i * ADDRESS_SIZE, ADDRESS_SIZE);
        }
        control = slice(ADDRESS_SIZE * perSlot, CONTROL_SIZE);
        messages = new ByteBuffer[slots * perSlot];
        headers = new int[messages.length];
        times = new int[slots];
        int at = shared;
        for (int slot = 0; slot < slots; slot++) {
            times[slot] = at;
            at += Timespec.SIZE;
            for (int i = 0; i < perSlot; i++) {
                int message = slot * perSlot + i;
                headers[message] = at;
                int vector = at + MSGHDR_SIZE;
                int data = vector + VECTOR_SIZE;
                all.bytes()
                        .putLong(at, all.address() + (long) i * ADDRESS_SIZE)
                        .putInt(at + NAME_LENGTH, addressSize)
                        .putLong(at + VECTORS, all.address() + vector)
                        .putLong(at + VECTOR_COUNT, 1)
                        .putLong(at + CONTROL, all.address() + ADDRESS_SIZE * perSlot)
                        .putLong(vector, all.address() + data);
                messages[message] = slice(data, messageSize).order(ByteOrder.BIG_ENDIAN);
                at = data + messageSize;
            }
        }
    }

    int slots() {
        return slots;
    }

    int perSlot() {
        return perSlot;
    }

    /** Writes where the messages go, which may be another interface than before; nothing is queued at that time. */
    void point(LaterSends sends, Destinations destinations) {
        int length = sends.putControl(control, destinations);
        for (int header : headers) {
            all.bytes().putLong(header + CONTROL_LENGTH, length);
        }
        for (int i = 0; i < perSlot; i++) {
            sends.putAddress(addresses[i], destinations, i);
        }
    }

    /** Sets the time of a slot; returns its address. */
    long putTime(int slot, long nanos) {
        Timespec.put(all.bytes(), times[slot], nanos);
        return all.address() + times[slot];
    }

    /** Where to write a message, from the position 0, in network byte order. */
    ByteBuffer message(int slot, int index) {
        return messages[slot * perSlot + index].clear();
    }

    /** Sets the length of a message; returns the address of its header. */
    long putLength(int slot, int index, int length) {
        int header = headers[slot * perSlot + index];
        all.bytes().putLong(header + MSGHDR_SIZE + 8, length);
        return all.address() + header;
    }

    @Override
    public void close() {
        all.close();
    }

    private ByteBuffer slice(int offset, int size) {
        return all.bytes().slice(offset, size).order(ByteOrder.nativeOrder());
    }

    /** Header, addresses, password and signature, in eighths. */
    private static int maxMessage(VirtualRouterConfig config) {
        int address = config.isIpv4() ? 4 : 16;
        int size = 8 + config.addresses().size() * address + 8 + 28;
        return (size + 7) / 8 * 8;
    }
}

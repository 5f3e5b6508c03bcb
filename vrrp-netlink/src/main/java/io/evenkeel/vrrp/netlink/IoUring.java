package io.evenkeel.vrrp.netlink;

import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An io_uring of Linux: a queue of requests and a queue of what became of them, in memory that the kernel shares. It belongs to one
 * thread, and ends with the process at the latest.
 */
final class IoUring implements AutoCloseable {
    private static final long SYS_SETUP = 425;
    private static final long SYS_ENTER = 426;
    private static final int ENTER_GETEVENTS = 1;
    private static final int SETUP_CQSIZE = 1 << 3;
    private static final int FEATURE_SINGLE_MMAP = 1;
    private static final int FEATURE_NODROP = 1 << 1;
    private static final int FEATURE_CQE_SKIP = 1 << 11;
    private static final int FEATURES = FEATURE_SINGLE_MMAP | FEATURE_NODROP | FEATURE_CQE_SKIP;
    private static final int PARAMS_SIZE = 120;
    private static final int PARAMS_SQ_OFFSETS = 40;
    private static final int PARAMS_CQ_OFFSETS = 80;
    private static final int CQE_SIZE = 16;
    private static final long OFFSET_RINGS = 0;
    private static final long OFFSET_REQUESTS = 0x1000_0000L;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED_POPULATE = 0x8001;

    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final Libc libc;
    private final int fd;
    private final int requestEntries;
    private final Mapping rings;
    private final Mapping requests;
    private final int requestTail;
    private final int requestMask;
    private final int requestArray;
    private final int resultHead;
    private final int resultTail;
    private final int resultMask;
    private final int results;
    private int tail;
    private int unsubmitted;

    /** Takes what became of a request. */
    interface Completion {
        /**
         * @param result what the system call would have returned, or a negated errno
         */
        void completed(long userData, int result);
    }

    /**
     * @param entries requests that can be made at a time, a power of two
     * @param resultEntries results that may wait to be taken, a power of two
     * @throws NativeCallException if the kernel has none, has one that lacks something, or forbids it
     */
    IoUring(Libc libc, int entries, int resultEntries) {
        this.libc = libc;
        try (NativeBuffer params = new NativeBuffer(PARAMS_SIZE)) {
            ByteBuffer bytes = params.bytes();
            bytes.putInt(4, resultEntries);
            bytes.putInt(8, SETUP_CQSIZE);
            fd =
                    Errno.check(
                            libc.syscall(SYS_SETUP, entries, params.address(), 0, 0, 0, 0),
                            "io_uring_setup");
            try {
                requireFeatures(bytes.getInt(20));
                requestEntries = bytes.getInt(0);
                int sq = PARAMS_SQ_OFFSETS;
                int cq = PARAMS_CQ_OFFSETS;
                results = bytes.getInt(cq + 20);
                long size =
                        Math.max(
                                bytes.getInt(sq + 24) + (long) requestEntries * Integer.BYTES,
                                results + (long) bytes.getInt(4) * CQE_SIZE);
                rings = new Mapping(libc, fd, OFFSET_RINGS, size);
                try {
                    requests =
                            new Mapping(
                                    libc,
                                    fd,
                                    OFFSET_REQUESTS,
                                    (long) requestEntries * UringRequest.SIZE);
                } catch (NativeCallException e) {
                    rings.close();
                    throw e;
                }
                requestTail = bytes.getInt(sq + 4);
                requestMask = rings.bytes.getInt(bytes.getInt(sq + 8));
                requestArray = bytes.getInt(sq + 24);
                resultHead = bytes.getInt(cq);
                resultTail = bytes.getInt(cq + 4);
                resultMask = rings.bytes.getInt(bytes.getInt(cq + 8));
            } catch (NativeCallException e) {
                libc.close(fd);
                throw e;
            }
        }
    }

    /** Where requests are written; {@link #next()} says where in it. */
    ByteBuffer requests() {
        return requests.bytes;
    }

    /** Whether as many requests can be made before the next {@link #submit}. */
    boolean hasRoom(int count) {
        return unsubmitted + count <= requestEntries;
    }

    /** Where the next request is to be written. */
    int next() {
        int index = tail & requestMask;
        rings.bytes.putInt(requestArray + index * Integer.BYTES, index);
        tail++;
        unsubmitted++;
        return index * UringRequest.SIZE;
    }

    /**
     * Hands the new requests to the kernel, and lets it do what of the others is due.
     *
     * @return 0 or a negated errno
     */
    int submit() {
        INT.setRelease(rings.bytes, requestTail, tail);
        while (unsubmitted > 0) {
            int taken = enter(unsubmitted);
            if (taken == -Errno.EINTR) {
                continue;
            }
            if (taken <= 0) {
                return taken == 0 ? -Errno.EAGAIN : taken;
            }
            unsubmitted -= taken;
        }
        return 0;
    }

    /** Lets the kernel do what is due; returns a negated errno or more. */
    int poke() {
        return enter(0);
    }

    /** Takes the results that there are. */
    void drain(Completion completion) {
        int head = rings.bytes.getInt(resultHead);
        int end = (int) INT.getAcquire(rings.bytes, resultTail);
        if (head == end) {
            return;
        }
        while (head != end) {
            int at = results + (head & resultMask) * CQE_SIZE;
            completion.completed(rings.bytes.getLong(at), rings.bytes.getInt(at + 8));
            head++;
        }
        INT.setRelease(rings.bytes, resultHead, head);
    }

    @Override
    public void close() {
        libc.close(fd);
        requests.close();
        rings.close();
    }

    private int enter(int submitted) {
        return (int) libc.syscall(SYS_ENTER, fd, submitted, 0, ENTER_GETEVENTS, 0, 0);
    }

    private static void requireFeatures(int features) {
        if ((features & FEATURES) != FEATURES) {
            throw Errno.failure(
                    Errno.ENOSYS, "io_uring_setup for features 0x" + Integer.toHexString(FEATURES));
        }
    }

    /** Memory of the kernel. */
    private static final class Mapping implements AutoCloseable {
        final ByteBuffer bytes;
        private final Libc libc;
        private final long address;
        private final long size;

        Mapping(Libc libc, int fd, long offset, long size) {
            this.libc = libc;
            this.size = size;
            address = libc.mmap(0, size, PROT_READ_WRITE, MAP_SHARED_POPULATE, fd, offset);
            // The highest addresses are the kernel's, so that a negative one is an errno.
            Errno.check(Math.min(address, 0), "mmap of an io_uring");
            bytes = new Pointer(address).getByteBuffer(0, size).order(ByteOrder.nativeOrder());
        }

        @Override
        public void close() {
            libc.munmap(address, size);
        }
    }
}

package io.evenkeel.vrrp.netlink;

import com.sun.jna.Native;

/**
 * {@link Libc} by JNA's direct mapping: the arguments are primitives, so that a call neither reflects nor allocates. For 64-bit
 * Linux, where {@code size_t}, {@code ssize_t} and pointers are a Java {@code long}.
 */
final class JnaLibc implements Libc {
    JnaLibc() {}

    @Override
    public int socket(int domain, int type, int protocol) {
        return result(Direct.socket(domain, type, protocol));
    }

    @Override
    public int socketpair(int domain, int type, int protocol, long fds) {
        return result(Direct.socketpair(domain, type, protocol, fds));
    }

    @Override
    public int bind(int fd, long address, int addressLength) {
        return result(Direct.bind(fd, address, addressLength));
    }

    @Override
    public int setsockopt(int fd, int level, int option, long value, int valueLength) {
        return result(Direct.setsockopt(fd, level, option, value, valueLength));
    }

    @Override
    public long sendto(int fd, long data, long length, int flags, long address, int addressLength) {
        return result(Direct.sendto(fd, data, length, flags, address, addressLength));
    }

    @Override
    public long recv(int fd, long data, long length, int flags) {
        return result(Direct.recv(fd, data, length, flags));
    }

    @Override
    public long recvmsg(int fd, long header, int flags) {
        return result(Direct.recvmsg(fd, header, flags));
    }

    @Override
    public int ppoll(long pollFds, long count, long timeout, long signalMask) {
        return result(Direct.ppoll(pollFds, count, timeout, signalMask));
    }

    @Override
    public int timerfdCreate(int clock, int flags) {
        return result(Direct.timerfd_create(clock, flags));
    }

    @Override
    public int timerfdSettime(int fd, int flags, long setting, long before) {
        return result(Direct.timerfd_settime(fd, flags, setting, before));
    }

    @Override
    public int eventfd(int initial, int flags) {
        return result(Direct.eventfd(initial, flags));
    }

    @Override
    public long read(int fd, long data, long length) {
        return result(Direct.read(fd, data, length));
    }

    @Override
    public long write(int fd, long data, long length) {
        return result(Direct.write(fd, data, length));
    }

    @Override
    public int close(int fd) {
        return result(Direct.close(fd));
    }

    @Override
    public int clockGettime(int clock, long timespec) {
        return result(Direct.clock_gettime(clock, timespec));
    }

    @Override
    public long syscall(long number, long a, long b, long c, long d, long e, long f) {
        return result(Direct.syscall(number, a, b, c, d, e, f));
    }

    @Override
    public long mmap(long address, long length, int protection, int flags, int fd, long offset) {
        return result(Direct.mmap(address, length, protection, flags, fd, offset));
    }

    @Override
    public int munmap(long address, long length) {
        return result(Direct.munmap(address, length));
    }

    @Override
    public int schedSetscheduler(int threadId, int policy, long parameter) {
        return result(Direct.sched_setscheduler(threadId, policy, parameter));
    }

    @Override
    public int mlockall(int flags) {
        return result(Direct.mlockall(flags));
    }

    @Override
    public int prctl(int option, long argument2, long argument3, long argument4, long argument5) {
        return result(Direct.prctl(option, argument2, argument3, argument4, argument5));
    }

    private static int result(int returned) {
        return returned >= 0 ? returned : -Native.getLastError();
    }

    private static long result(long returned) {
        return returned >= 0 ? returned : -Native.getLastError();
    }

    /** The native methods, named as the C library names them. */
    private static final class Direct {
        static {
            Native.register(Direct.class, "c");
        }

        private Direct() {}

        static native int socket(int domain, int type, int protocol);

        static native int socketpair(int domain, int type, int protocol, long fds);

        static native int bind(int fd, long address, int addressLength);

        static native int setsockopt(int fd, int level, int option, long value, int valueLength);

        static native long sendto(
                int fd, long data, long length, int flags, long address, int addressLength);

        static native long recv(int fd, long data, long length, int flags);

        static native long recvmsg(int fd, long header, int flags);

        static native int ppoll(long pollFds, long count, long timeout, long signalMask);

        static native int timerfd_create(int clock, int flags);

        static native int timerfd_settime(int fd, int flags, long setting, long before);

        static native int eventfd(int initial, int flags);

        static native long read(int fd, long data, long length);

        static native long write(int fd, long data, long length);

        static native int close(int fd);

        static native int clock_gettime(int clock, long timespec);

        static native long syscall(long number, long a, long b, long c, long d, long e, long f);

        static native long mmap(
                long address, long length, int protection, int flags, int fd, long offset);

        static native int munmap(long address, long length);

        static native int sched_setscheduler(int threadId, int policy, long parameter);

        static native int mlockall(int flags);

        static native int prctl(
                int option, long argument2, long argument3, long argument4, long argument5);
    }
}

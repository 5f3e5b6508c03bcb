package io.evenkeel.vrrp.netlink;

/**
 * The calls of the C library that VRRP needs, with the kernel's convention for errors: a negative result is the negated {@code
 * errno}. Callers on the hot path test for it, all others hand it to {@link Errno#check}.
 *
 * <p>Pointers are {@code long} addresses of memory that the caller owns ({@link NativeBuffer}); nothing is copied and nothing is
 * allocated.
 */
interface Libc {
    int socket(int domain, int type, int protocol);

    /** Two connected sockets, whose descriptors are written to {@code fds}, an int each. */
    int socketpair(int domain, int type, int protocol, long fds);

    int bind(int fd, long address, int addressLength);

    int setsockopt(int fd, int level, int option, long value, int valueLength);

    long sendto(int fd, long data, long length, int flags, long address, int addressLength);

    long recv(int fd, long data, long length, int flags);

    long recvmsg(int fd, long header, int flags);

    int ppoll(long pollFds, long count, long timeout, long signalMask);

    int timerfdCreate(int clock, int flags);

    int timerfdSettime(int fd, int flags, long setting, long before);

    int eventfd(int initial, int flags);

    long read(int fd, long data, long length);

    long write(int fd, long data, long length);

    int close(int fd);

    int clockGettime(int clock, long timespec);

    /** A system call that the C library has no function for, by its number. */
    long syscall(long number, long a, long b, long c, long d, long e, long f);

    /** The address of the mapping, or a negated errno. */
    long mmap(long address, long length, int protection, int flags, int fd, long offset);

    int munmap(long address, long length);

    /** Of one thread, the calling one for 0; a policy may have flags. */
    int schedSetscheduler(int threadId, int policy, long parameter);

    int mlockall(int flags);

    int prctl(int option, long argument2, long argument3, long argument4, long argument5);
}

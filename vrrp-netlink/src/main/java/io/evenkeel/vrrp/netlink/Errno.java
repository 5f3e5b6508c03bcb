package io.evenkeel.vrrp.netlink;

/** The error numbers of Linux that VRRP meets, and the sentences for them. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENOSYS = 38;
    static final int EMSGSIZE = 90;
    static final int EPROTONOSUPPORT = 93;
    static final int EOPNOTSUPP = 95;
    static final int EAFNOSUPPORT = 97;
    static final int EADDRINUSE = 98;
    static final int EADDRNOTAVAIL = 99;
    static final int ENETDOWN = 100;
    static final int ENETUNREACH = 101;
    static final int ENOBUFS = 105;
    static final int EHOSTUNREACH = 113;

    private Errno() {}

    /**
     * Returns the result of a call unless it is an error.
     *
     * @param call what was called and on what, for example {@code socket(AF_INET, SOCK_RAW, 112)}
     * @throws NativeCallException for a negative result
     */
    static int check(long result, String call) {
        if (result < 0) {
            throw failure((int) -result, call);
        }
        return (int) result;
    }

    static NativeCallException failure(int errno, String call) {
        return new NativeCallException(
                call + " failed with " + describe(errno) + ". " + advice(errno), errno);
    }

    /**
     * The same with what the kernel says about it.
     *
     * @param explanation the kernel's sentence, empty if it said none
     */
    static NativeCallException failure(int errno, String call, String explanation) {
        return explanation.isEmpty()
                ? failure(errno, call)
                : new NativeCallException(
                        call
                                + " failed with "
                                + describe(errno)
                                + "; the kernel says: "
                                + explanation
                                + (explanation.endsWith(".") ? " " : ". ")
                                + advice(errno),
                        errno);
    }

    /** The error's name and meaning, for example {@code EPERM (operation not permitted)}. */
    static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM (operation not permitted)";
            case ENOENT -> "ENOENT (no such thing)";
            case ESRCH -> "ESRCH (no such entry)";
            case EINTR -> "EINTR (interrupted)";
            case EBADF -> "EBADF (no such descriptor)";
            case EAGAIN -> "EAGAIN (not now)";
            case ENOMEM -> "ENOMEM (out of memory)";
            case EACCES -> "EACCES (access denied)";
            case EEXIST -> "EEXIST (exists already)";
            case ENODEV -> "ENODEV (no such device)";
            case EINVAL -> "EINVAL (invalid argument)";
            case ENFILE -> "ENFILE (too many open files on the host)";
            case EMFILE -> "EMFILE (too many open files in the process)";
            case ENOSYS -> "ENOSYS (no such system call)";
            case EMSGSIZE -> "EMSGSIZE (message too long)";
            case EPROTONOSUPPORT -> "EPROTONOSUPPORT (no such protocol)";
            case EOPNOTSUPP -> "EOPNOTSUPP (not supported)";
            case EAFNOSUPPORT -> "EAFNOSUPPORT (address family not supported)";
            case EADDRINUSE -> "EADDRINUSE (address already in use)";
            case EADDRNOTAVAIL -> "EADDRNOTAVAIL (address not available on this host)";
            case ENETDOWN -> "ENETDOWN (network is down)";
            case ENETUNREACH -> "ENETUNREACH (network is unreachable)";
            case ENOBUFS -> "ENOBUFS (no buffer space)";
            case EHOSTUNREACH -> "EHOSTUNREACH (no route to that host)";
            default -> "errno " + errno;
        };
    }

    private static String advice(int errno) {
        return switch (errno) {
            case EPERM, EACCES ->
                    "Run it as root or give the process CAP_NET_RAW and CAP_NET_ADMIN.";
            case ENODEV ->
                    "Check with `ip link` that the interface exists in this network namespace.";
            case EMFILE, ENFILE -> "Raise the limit of open files (ulimit -n).";
            case ENOBUFS, ENOMEM ->
                    "Give the host more memory or raise net.core.wmem_max and net.core.rmem_max.";
            case EADDRINUSE -> "Choose another address or port, or stop the program that holds it.";
            case EADDRNOTAVAIL -> "Check with `ip address` that the host has the address.";
            case EAFNOSUPPORT -> "Use a kernel with this address family.";
            case ENETDOWN, ENETUNREACH, EHOSTUNREACH ->
                    "Check with `ip link` and `ip route` that the interface is up and has a route.";
            default -> "See errno(3) and the log of the kernel (dmesg).";
        };
    }
}

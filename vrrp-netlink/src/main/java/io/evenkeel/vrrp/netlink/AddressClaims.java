package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.AF_UNIX;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_DGRAM;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps two processes from putting one address on one interface: they would take each other for a crashed predecessor. A claim is a
 * Unix socket with an abstract name, which belongs to the network namespace, is nothing on the disk, and ends with the process
 * however that ends.
 */
final class AddressClaims implements AutoCloseable {
    private static final String PREFIX = "evenkeel/vrrp/";

    private final Libc libc;
    private final Map<String, Integer> fds = new LinkedHashMap<>();

    AddressClaims(Libc libc) {
        this.libc = libc;
    }

    /**
     * Claims these as well.
     *
     * @param wanted addresses with their interfaces
     * @throws NativeCallException if somebody else has one; then nothing is claimed that was not before
     */
    void claim(Collection<String> wanted) {
        Set<String> claimed = new LinkedHashSet<>();
        for (String each : wanted) {
            if (fds.containsKey(each)) {
                continue;
            }
            int fd = open(each);
            if (fd == -Errno.EADDRINUSE) {
                claimed.forEach(this::release);
                throw new NativeCallException(
                        "another process or service of Evenkeel in this network namespace keeps "
                                + each
                                + ". Stop it, or take the address out of one of the two configurations.",
                        Errno.EADDRINUSE);
            }
            // Where there may be no such sockets, nobody is asked.
            if (fd >= 0) {
                fds.put(each, fd);
                claimed.add(each);
            }
        }
    }

    /** What is claimed now. */
    Set<String> names() {
        return Set.copyOf(fds.keySet());
    }

    /** Gives up all others. */
    void retain(Collection<String> wanted) {
        Set<String> others = new LinkedHashSet<>(fds.keySet());
        others.removeAll(wanted);
        others.forEach(this::release);
    }

    @Override
    public void close() {
        fds.values().forEach(libc::close);
        fds.clear();
    }

    private void release(String claim) {
        Integer fd = fds.remove(claim);
        if (fd != null) {
            libc.close(fd);
        }
    }

    /** Returns the descriptor or a negated errno. */
    private int open(String claim) {
        int fd = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return fd;
        }
        byte[] name = (PREFIX + claim).getBytes(StandardCharsets.US_ASCII);
        // The family, and a NUL before the name that makes it abstract.
        int length = 3 + name.length;
        try (NativeBuffer address = new NativeBuffer(length)) {
            address.bytes().putShort(0, (short) AF_UNIX).put(3, name);
            int bound = libc.bind(fd, address.address(), length);
            if (bound < 0) {
                libc.close(fd);
                return bound;
            }
        }
        return fd;
    }
}

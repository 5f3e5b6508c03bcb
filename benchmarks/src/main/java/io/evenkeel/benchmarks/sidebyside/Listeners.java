package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whose sockets listen: what answers at an address might be something else than what was started for it. */
final class Listeners {
    private static final String LISTEN = "0A";

    /** What precedes an IPv4 address of an IPv6 socket, as those of the JDK are. */
    private static final String MAPPED = "0000000000000000FFFF0000";

    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private Listeners() {}

    /** Whether every socket that listens there is of one of these processes, and there is one. */
    static boolean areOf(List<Long> pids, InetSocketAddress address) throws IOException {
        String wanted = hexadecimal(address);
        Set<String> sockets = new HashSet<>(listening("/proc/net/tcp", wanted));
        sockets.addAll(listening("/proc/net/tcp6", MAPPED + wanted));
        return !sockets.isEmpty() && open(pids).containsAll(sockets);
    }

    private static List<String> listening(String table, String address) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(table))) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(f -> f[LOCAL_ADDRESS].equals(address) && f[STATE].equals(LISTEN))
                    .map(f -> "socket:[" + f[INODE] + "]")
                    .toList();
        }
    }

    /** As the kernel writes it: the address as a number of the machine's byte order. */
    private static String hexadecimal(InetSocketAddress address) {
        int number =
                ByteBuffer.wrap(address.getAddress().getAddress())
                        .order(ByteOrder.nativeOrder())
                        .getInt();
        return "%08X:%04X".formatted(number, address.getPort());
    }

    private static Set<String> open(List<Long> pids) throws IOException {
        Set<String> open = new HashSet<>();
        for (long pid : pids) {
            try (Stream<Path> descriptors =
                    Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
                for (Path descriptor : descriptors.toList()) {
                    open.add(target(descriptor));
                }
            }
        }
        return open;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            // It was closed in the meantime, as those of health checks are.
            return "";
        }
    }
}

package io.evenkeel.lb.netty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How many connections the descriptors of this process are enough for, as Linux tells it. */
final class DescriptorLimit {
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +([0-9]+) ");

    /** For what is opened later: checks, names, files of the application. */
    private static final int RESERVE = 32;

    private static final int PER_CONNECTION = 2;

    /** The JDK gives a descriptor back with the next round of its selector, when the next connection may have one already. */
    private static final int PER_CONNECTION_OF_JDK = 4;

    private DescriptorLimit() {}

    /**
     * The most connections at a time, each of which has a client's and a server's socket, or 0 if that cannot be found out.
     *
     * @param servers which may be checked, each with one more descriptor
     */
    static int connections(Transport transport, int servers) {
        try {
            Matcher limit = OPEN_FILES.matcher(Files.readString(Path.of("/proc/self/limits")));
            if (!limit.find()) {
                return 0;
            }
            long open;
            try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
                open = descriptors.count();
            }
            return connections(
                    Long.parseLong(limit.group(1)),
                    open + servers,
                    transport == Transport.NIO ? PER_CONNECTION_OF_JDK : PER_CONNECTION);
        } catch (IOException | NumberFormatException e) {
            // Not Linux, or no /proc.
            return 0;
        }
    }

    static int connections(long limit, long taken, int perConnection) {
        long left = (limit - taken - RESERVE) / perConnection;
        return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
    }
}

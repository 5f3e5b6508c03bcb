package io.evenkeel.vrrp.netlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds out whether any program in this network namespace speaks VRRP. */
final class VrrpSpeakers {
    /** VRRP, 112, where the table of raw sockets has the port of others. */
    private static final String VRRP = ":0070 ";

    private VrrpSpeakers() {}

    /** Of the network namespace of the calling thread; true also if that cannot be found out. */
    static boolean isAnyHere() {
        return isAnyIn(Path.of("/proc/thread-self/net/raw"))
                || isAnyIn(Path.of("/proc/thread-self/net/raw6"));
    }

    private static boolean isAnyIn(Path table) {
        try {
            return Files.exists(table)
                    && isAnyIn(Files.readAllLines(table, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether a row of the kernel's table of raw sockets is of VRRP. */
    static boolean isAnyIn(List<String> rows) {
        for (String row : rows) {
            String[] columns = row.strip().split("\\s+", 3);
            if (columns.length == 3 && (columns[1] + " ").endsWith(VRRP)) {
                return true;
            }
        }
        return false;
    }
}

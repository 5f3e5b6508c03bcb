package io.evenkeel.benchmarks.soak;

import org.jspecify.annotations.Nullable;

/**
 * What the launcher logs of a session when it ends.
 *
 * @param frontend by its name
 * @param client the client's address
 * @param server the server's name, or {@code <NOSRV>}
 * @param bytes of both directions
 * @param cause the two letters of HAProxy's log
 */
record SessionLine(String frontend, String client, String server, long bytes, String cause) {
    private static final String MARK = " sessions - ";

    /** Null if the line is of something else. */
    static @Nullable SessionLine parse(String line) {
        int at = line.indexOf(MARK);
        if (at < 0) {
            return null;
        }
        String[] words = line.substring(at + MARK.length()).split(" ");
        if (words.length != 8) {
            return null;
        }
        String server = words[2].substring(words[2].indexOf('/') + 1);
        return new SessionLine(
                words[1],
                words[0],
                server,
                Long.parseLong(words[4]) + Long.parseLong(words[5]),
                words[6]);
    }
}

package io.evenkeel.vrrp.netlink;

import java.io.BufferedReader;
import java.util.List;

/** What tcpdump reads from a bridge, with Ethernet headers. */
final class Capture implements AutoCloseable {
    private final Process tcpdump;
    private final BufferedReader output;

    /** Listens from now on, until it has seen so many frames, at most 20 s. */
    Capture(Namespace bridge, String filter, int frames) throws Exception {
        tcpdump =
                bridge.start(
                        List.of(
                                "timeout",
                                "20",
                                "tcpdump",
                                "-i",
                                "br0",
                                "-n",
                                "-e",
                                "-vv",
                                "-l",
                                "-c",
                                Integer.toString(frames),
                                filter));
        output = tcpdump.inputReader();
        Conditions.await(
                "tcpdump to listen",
                () -> String.valueOf(output.readLine()).contains("listening on"));
    }

    /** Waits for the frames; returns what tcpdump says of them. */
    String text() {
        return String.join("\n", output.lines().toList());
    }

    @Override
    public void close() {
        tcpdump.destroy();
    }
}

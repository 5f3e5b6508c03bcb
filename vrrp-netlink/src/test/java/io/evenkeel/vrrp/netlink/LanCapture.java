package io.evenkeel.vrrp.netlink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What passes the bridge of a LAN, one line of tcpdump for each packet of VRRP, ARP and ICMPv6. */
final class LanCapture implements AutoCloseable {
    private static final String WANTED = "ip proto 112 or ip6 proto 112 or arp or icmp6";

    private final List<String> lines = new ArrayList<>();
    private final Process process;
    private volatile boolean closed;

    LanCapture(Lan lan) throws Exception {
        process =
                lan.bridge()
                        .start(
                                List.of(
                                        "timeout",
                                        "600",
                                        "tcpdump",
                                        "-i",
                                        "br0",
                                        "-n",
                                        "-e",
                                        "-l",
                                        "--immediate-mode",
                                        WANTED));
        BufferedReader output = process.inputReader();
        Conditions.await(
                "tcpdump to listen",
                () -> String.valueOf(output.readLine()).contains("listening on"));
        Thread reader = new Thread(() -> read(output), "capture");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
    }

    /** The place that {@link #since} starts at. */
    synchronized int mark() {
        return lines.size();
    }

    synchronized List<String> since(int mark) {
        return List.copyOf(lines.subList(mark, lines.size()));
    }

    long count(int mark, Predicate<String> condition) {
        return since(mark).stream().filter(condition).count();
    }

    /** How long after the packet of one line that of another came, less than a day. */
    static long nanosBetween(String earlier, String later) {
        return Math.floorMod(nanos(later) - nanos(earlier), TimeUnit.DAYS.toNanos(1));
    }

    private static long nanos(String line) {
        return LocalTime.parse(line.substring(0, line.indexOf(' '))).toNanoOfDay();
    }

    /** What was seen since then, in short. */
    String summary(int mark) {
        return Digest.of(since(mark), line -> line.substring(line.indexOf(' ')));
    }

    @Override
    public void close() {
        closed = true;
        // The one that timeout started first, since timeout itself may be gone before it.
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}

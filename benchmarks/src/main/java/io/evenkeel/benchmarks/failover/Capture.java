package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What passes the client's interface, with the kernel's timestamps: tcpdump writes a file, which is read as it grows. How busy
 * tcpdump and this JVM are delays what is known, not when it happened.
 */
final class Capture implements AutoCloseable {
    private static final String FILTER = "ip proto 112 or arp or icmp";

    private final LabProcess tcpdump;
    private final RandomAccessFile file;
    private final PcapReader reader = new PcapReader();
    private final byte[] buffer = new byte[1 << 16];
    private List<Packet> packets = new ArrayList<>();

    private Capture(LabProcess tcpdump, RandomAccessFile file) {
        this.tcpdump = tcpdump;
        this.file = file;
    }

    static Capture start(LabHost host) {
        Path output = host.directory().resolve("capture.pcap");
        LabProcess tcpdump =
                host.start(
                        "tcpdump",
                        List.of(
                                Programs.require("tcpdump"),
                                "--immediate-mode",
                                "--packet-buffered",
                                "--time-stamp-precision=nano",
                                "--relinquish-privileges=root",
                                "--snapshot-length=96",
                                "--buffer-size=8192",
                                "-n",
                                "-i",
                                host.interfaceName(),
                                "-w",
                                output.toString(),
                                FILTER));
        if (!Await.within(
                Duration.ofSeconds(10),
                () -> tcpdump.output().contains("listening on") && Files.exists(output))) {
            throw new SetupException("tcpdump does not listen.\n" + tcpdump.tail(10));
        }
        try {
            return new Capture(tcpdump, new RandomAccessFile(output.toFile(), "r"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The wall clock, which is the capture's. */
    static long epochNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Drops what was captured before {@code epochNanos}, so that a long measurement stays small. */
    void forgetBefore(long epochNanos) {
        readOn();
        packets = new ArrayList<>(since(epochNanos));
    }

    /** What has been captured since that moment, in order. */
    List<Packet> since(long epochNanos) {
        readOn();
        int from = packets.size();
        while (from > 0 && packets.get(from - 1).epochNanos() >= epochNanos) {
            from--;
        }
        return List.copyOf(packets.subList(from, packets.size()));
    }

    List<Packet> since(long epochNanos, Predicate<Packet> filter) {
        return since(epochNanos).stream().filter(filter).toList();
    }

    private void readOn() {
        try {
            for (int length = file.read(buffer); length > 0; length = file.read(buffer)) {
                packets.addAll(reader.read(buffer, length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The capture cannot be read: " + e, e);
        }
    }

    @Override
    public void close() {
        tcpdump.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

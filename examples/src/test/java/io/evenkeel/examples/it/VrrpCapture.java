package io.evenkeel.examples.it;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/** The VRRP packets that pass a host's interface, read by tcpdump. */
final class VrrpCapture implements AutoCloseable {
    /** For tcpdump to write what passed. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LabProcess tcpdump;

    private VrrpCapture(LabProcess tcpdump) {
        this.tcpdump = tcpdump;
    }

    /** Starts to capture; answers once tcpdump listens. */
    static VrrpCapture start(LabHost host, String label) {
        LabProcess tcpdump =
                host.start(
                        label,
                        List.of(
                                requireNonNull(Requirements.find("tcpdump")).toString(),
                                "--immediate-mode",
                                "-l",
                                "-n",
                                "-tt",
                                "-vvv",
                                "-i",
                                host.interfaceName(),
                                "ip proto 112"));
        Conditions.await(
                "tcpdump listens in " + host,
                PATIENCE,
                () -> tcpdump.output().contains("listening on"),
                () -> tcpdump.tail(10));
        return new VrrpCapture(tcpdump);
    }

    /** Everything captured so far. */
    List<VrrpPacket> packets() {
        return VrrpPacket.parse(tcpdump.output());
    }

    /** What has been captured so far and fits. */
    List<VrrpPacket> packets(Predicate<VrrpPacket> filter) {
        return packets().stream().filter(filter).toList();
    }

    /** Waits for a packet that fits. */
    void await(String what, Duration limit, Predicate<VrrpPacket> filter) {
        Conditions.await(
                what, limit, () -> !packets(filter).isEmpty(), () -> "\n" + tcpdump.tail(20));
    }

    /** Waits for a packet of {@code source} that was seen after {@code epochMicros}, and answers the {@link System#nanoTime()} of then. */
    long awaitHeardNanos(String source, int virtualRouterId, long epochMicros) {
        Predicate<VrrpPacket> filter =
                p ->
                        p.source().equals(source)
                                && p.virtualRouterId() == virtualRouterId
                                && p.epochMicros() > epochMicros;
        await("an advertisement of VRID " + virtualRouterId + " from " + source, PATIENCE, filter);
        return toNanoTime(packets(filter).get(0).epochMicros());
    }

    /** tcpdump reads packets of this source and virtual router, and every one so far is right. */
    void assertSound(String source, int virtualRouterId, int version) {
        Predicate<VrrpPacket> filter =
                p -> p.source().equals(source) && p.virtualRouterId() == virtualRouterId;
        await("an advertisement of VRID " + virtualRouterId + " from " + source, PATIENCE, filter);
        for (VrrpPacket packet : packets(filter)) {
            assertEquals(version, packet.version(), packet.text());
            assertTrue(packet.isSound(), packet.text());
            // RFC 9568 section 5.1.1.3; keepalived and routers mark VRRP as network control.
            assertTrue(packet.text().contains("ttl 255"), packet.text());
            assertTrue(packet.text().contains("tos 0xc0"), packet.text());
        }
    }

    /** The wall clock in the unit of {@link VrrpPacket#epochMicros()}. */
    static long epochMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** The {@link System#nanoTime()} of a moment on the wall clock. */
    static long toNanoTime(long epochMicros) {
        return System.nanoTime() + (epochMicros - epochMicros()) * 1_000;
    }

    @Override
    public void close() {
        tcpdump.close();
    }
}

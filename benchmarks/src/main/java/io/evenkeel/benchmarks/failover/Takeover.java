package io.evenkeel.benchmarks.failover;

import java.util.List;
import java.util.function.Predicate;

/** When a Backup took over, told from the packets on the LAN. */
final class Takeover {
    private Takeover() {}

    /**
     * The time from the last advertisement of the Active to the first announcement of the address that follows an advertisement of
     * the Backup after it. Both products add the address to the host before they announce it.
     *
     * @param packets in the order in which they came
     * @return NaN where one of the three is missing
     */
    static double nanos(
            List<Packet> packets,
            Predicate<Packet> activeAdvertisement,
            Predicate<Packet> backupAdvertisement,
            Predicate<Packet> announcement) {
        Packet heard = null;
        boolean promoted = false;
        double nanos = Double.NaN;
        for (Packet packet : packets) {
            if (activeAdvertisement.test(packet)) {
                // Not the last one then: what came before was no takeover that lasted.
                heard = packet;
                promoted = false;
                nanos = Double.NaN;
            } else if (backupAdvertisement.test(packet)) {
                promoted = heard != null;
            } else if (promoted && Double.isNaN(nanos) && announcement.test(packet)) {
                nanos = packet.epochNanos() - heard.epochNanos();
            }
        }
        return nanos;
    }
}

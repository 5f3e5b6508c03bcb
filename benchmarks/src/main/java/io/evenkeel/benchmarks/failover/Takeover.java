package io.evenkeel.benchmarks.failover;

import java.util.List;
import java.util.function.Predicate;

/** When a Backup took over, told from the packets on the LAN. */
final class Takeover {
    private Takeover() {}

    /**
     * The time from the last advertisement of the Active before the Backup's first to the first announcement of the address after
     * that. Both products add the address to the host before they announce it.
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
        for (Packet packet : packets) {
            if (!promoted && activeAdvertisement.test(packet)) {
                heard = packet;
            } else if (backupAdvertisement.test(packet)) {
                promoted = true;
            } else if (promoted && heard != null && announcement.test(packet)) {
                return packet.epochNanos() - heard.epochNanos();
            }
        }
        return Double.NaN;
    }
}

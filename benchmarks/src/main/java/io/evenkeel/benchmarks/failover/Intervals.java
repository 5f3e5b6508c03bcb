package io.evenkeel.benchmarks.failover;

import java.util.List;

/** The times between packets: an Active that was silent for too long is rightly taken for lost. */
final class Intervals {
    private Intervals() {}

    /** Between each packet and the next, in milliseconds. */
    static Samples between(List<Packet> packets) {
        Series intervals = new Series();
        addTo(intervals, packets);
        return intervals.samples();
    }

    static void addTo(Series intervals, List<Packet> packets) {
        for (int i = 1; i < packets.size(); i++) {
            intervals.add((packets.get(i).epochNanos() - packets.get(i - 1).epochNanos()) / 1e6);
        }
    }
}

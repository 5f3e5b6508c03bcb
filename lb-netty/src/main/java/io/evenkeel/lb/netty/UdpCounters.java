package io.evenkeel.lb.netty;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a proxy counts of UDP, from any thread. */
final class UdpCounters {
    final LongAdder opened = new LongAdder();
    final LongAdder ended = new LongAdder();
    final LongAdder evicted = new LongAdder();
    final LongAdder expired = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder fromClients = new LongAdder();
    final LongAdder fromServers = new LongAdder();
    final LongAdder toServers = new LongAdder();
    final LongAdder toClients = new LongAdder();
    private final LongAdder[] drops = new LongAdder[DatagramDrop.values().length];

    UdpCounters() {
        for (int i = 0; i < drops.length; i++) {
            drops[i] = new LongAdder();
        }
    }

    void drop(DatagramDrop cause) {
        drops[cause.ordinal()].increment();
    }

    UdpSnapshot snapshot() {
        Map<DatagramDrop, Long> causes = new EnumMap<>(DatagramDrop.class);
        for (DatagramDrop cause : DatagramDrop.values()) {
            causes.put(cause, drops[cause.ordinal()].sum());
        }
        // In this order, so that no more have ended than begun.
        long over = ended.sum();
        long begun = opened.sum();
        return new UdpSnapshot(
                begun - over,
                begun,
                evicted.sum(),
                expired.sum(),
                refused.sum(),
                fromClients.sum(),
                fromServers.sum(),
                toServers.sum(),
                toClients.sum(),
                Map.copyOf(causes));
    }
}

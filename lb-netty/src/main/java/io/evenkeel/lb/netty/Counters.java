package io.evenkeel.lb.netty;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a proxy counts, from any thread. */
final class Counters {
    private final LongAdder accepted = new LongAdder();
    final LongAdder acceptErrors = new LongAdder();
    final LongAdder shed = new LongAdder();
    private final AtomicLong active = new AtomicLong();
    private final LongAdder retries = new LongAdder();
    private final LongAdder bytesToServers = new LongAdder();
    private final LongAdder bytesToClients = new LongAdder();
    private final Map<TerminationCause, LongAdder> ends = new EnumMap<>(TerminationCause.class);

    Counters() {
        for (TerminationCause cause : TerminationCause.values()) {
            ends.put(cause, new LongAdder());
        }
    }

    void opened() {
        accepted.increment();
        active.incrementAndGet();
    }

    long active() {
        return active.get();
    }

    /** Returns how many sessions are left. */
    long ended(SessionEnd end) {
        retries.add(end.retries());
        bytesToServers.add(end.bytesToServer());
        bytesToClients.add(end.bytesToClient());
        LongAdder count = ends.get(end.cause());
        if (count != null) {
            count.increment();
        }
        return active.decrementAndGet();
    }

    ProxySnapshot snapshot(UdpSnapshot udp) {
        Map<TerminationCause, Long> causes = new EnumMap<>(TerminationCause.class);
        ends.forEach((cause, count) -> causes.put(cause, count.sum()));
        return new ProxySnapshot(
                active.get(),
                accepted.sum(),
                acceptErrors.sum(),
                shed.sum(),
                retries.sum(),
                bytesToServers.sum(),
                bytesToClients.sum(),
                Map.copyOf(causes),
                udp);
    }
}

package io.evenkeel.examples.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** Samples the hosts' address tables without pause and remembers every change of owners. */
public final class OwnershipWatch implements AutoCloseable {
    private final List<LabHost> hosts;
    private final long periodNanos;
    private final Map<String, List<OwnershipTimeline.Change>> changes = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::sampleUntilClosed, "ownership-watch");
    private volatile boolean closed;

    private OwnershipWatch(List<LabHost> hosts, Collection<String> addresses, Duration period) {
        this.hosts = List.copyOf(hosts);
        this.periodNanos = period.toNanos();
        addresses.forEach(address -> changes.put(address, new ArrayList<>()));
    }

    /**
     * Starts watching.
     *
     * @param addresses IPv4 addresses
     * @param period between two samples; what is shorter may go unseen
     */
    public static OwnershipWatch start(
            List<LabHost> hosts, Collection<String> addresses, Duration period) {
        OwnershipWatch watch = new OwnershipWatch(hosts, addresses, period);
        watch.sample();
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** What has been seen of {@code address}, one of the watched ones. */
    public OwnershipTimeline timeline(String address) {
        synchronized (changes) {
            return new OwnershipTimeline(changesOf(address));
        }
    }

    /** The names of the hosts that hold {@code address} as of the last sample. */
    public Set<String> owners(String address) {
        synchronized (changes) {
            List<OwnershipTimeline.Change> seen = changesOf(address);
            return seen.get(seen.size() - 1).owners();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sampleUntilClosed() {
        while (!closed) {
            LockSupport.parkNanos(this, periodNanos);
            sample();
        }
    }

    private void sample() {
        List<String> tables = hosts.stream().map(LabHost::addressTable).toList();
        long now = System.nanoTime();
        synchronized (changes) {
            changes.forEach(
                    (address, seen) -> {
                        Set<String> owners = new TreeSet<>();
                        for (int i = 0; i < tables.size(); i++) {
                            if (AddressTable.contains(tables.get(i), address)) {
                                owners.add(hosts.get(i).name());
                            }
                        }
                        if (seen.isEmpty() || !seen.get(seen.size() - 1).owners().equals(owners)) {
                            seen.add(new OwnershipTimeline.Change(now, owners));
                        }
                    });
        }
    }

    private List<OwnershipTimeline.Change> changesOf(String address) {
        List<OwnershipTimeline.Change> seen = changes.get(address);
        if (seen == null) {
            throw new IllegalArgumentException(address + " is not watched.");
        }
        return seen;
    }
}

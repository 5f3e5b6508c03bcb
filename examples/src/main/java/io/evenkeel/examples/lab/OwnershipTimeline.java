package io.evenkeel.examples.lab;

import java.util.List;
import java.util.Set;

/**
 * Who held an address when.
 *
 * @param changes in the order of time; the owners of each hold until the next
 */
public record OwnershipTimeline(List<Change> changes) {
    /**
     * A moment at which the owners became others.
     *
     * @param nanos {@link System#nanoTime()} of the sample that saw it
     * @param owners the names of the hosts that hold the address from then on
     */
    public record Change(long nanos, Set<String> owners) {}

    public OwnershipTimeline {
        changes = List.copyOf(changes);
    }

    /** How long, between two moments, at least {@code count} hosts held the address. */
    public long nanosWithOwners(int count, long fromNanos, long toNanos) {
        long total = 0;
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).owners().size() >= count) {
                long begin = Math.max(fromNanos, changes.get(i).nanos());
                long end =
                        Math.min(
                                toNanos,
                                i + 1 < changes.size() ? changes.get(i + 1).nanos() : toNanos);
                total += Math.max(0, end - begin);
            }
        }
        return total;
    }

    /** How long, between two moments, nobody held the address. */
    public long nanosUnowned(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) - nanosWithOwners(1, fromNanos, toNanos);
    }

    /** One line per change, in milliseconds after {@code originNanos}. */
    public String describe(long originNanos) {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            text.append(
                    "%+10.1f ms: %s%n"
                            .formatted((change.nanos() - originNanos) / 1e6, change.owners()));
        }
        return text.toString();
    }
}

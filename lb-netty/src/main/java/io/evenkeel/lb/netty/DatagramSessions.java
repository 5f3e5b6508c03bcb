package io.evenkeel.lb.netty;

import io.evenkeel.lb.Hash64;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one UDP address on one event loop: found by their addresses and ordered by their last datagram, each in constant time
 * however many there are and whoever chooses the addresses. Pure, and used by one thread alone.
 */
final class DatagramSessions<E extends DatagramEntry> {
    private static final int FIRST_BUCKETS = 64;

    private final long seed;
    private @Nullable DatagramEntry[] buckets = new @Nullable DatagramEntry[FIRST_BUCKETS];
    private int findable;
    private int size;
    private @Nullable DatagramEntry oldest;
    private @Nullable DatagramEntry newest;

    /**
     * @param seed a number that clients do not know, so that they cannot choose addresses that are all in one bucket
     */
    DatagramSessions(long seed) {
        this.seed = seed;
    }

    /** How many there are, those that are no longer found included. */
    int size() {
        return size;
    }

    /** The session of that client, or null. */
    @Nullable E find(InetSocketAddress client, InetAddress local) {
        long hash = hash(client, local);
        DatagramEntry entry = buckets[bucket(hash)];
        while (entry != null) {
            if (entry.hash == hash && entry.client.equals(client) && entry.local.equals(local)) {
                return cast(entry);
            }
            entry = entry.nextOfBucket;
        }
        return null;
    }

    /** Adds a session, whose client has none that is found. */
    void add(E entry, long nowNanos) {
        if (findable >= buckets.length) {
            grow();
        }
        entry.hash = hash(entry.client, entry.local);
        entry.listed = true;
        entry.findable = true;
        entry.lastNanos = nowNanos;
        place(entry);
        append(entry);
        findable++;
        size++;
    }

    /** It has just had a datagram. */
    void touch(E entry, long nowNanos) {
        entry.lastNanos = nowNanos;
        if (entry.listed && newest != entry) {
            unlink(entry);
            append(entry);
        }
    }

    /** It is no longer found, so that its client's next datagram begins another, but keeps its place. */
    void hide(E entry) {
        if (entry.findable) {
            entry.findable = false;
            findable--;
            takeOut(entry);
        }
    }

    /** Nothing happens if it is not there any more. */
    void remove(E entry) {
        if (entry.listed) {
            hide(entry);
            entry.listed = false;
            unlink(entry);
            size--;
        }
    }

    /** The one that has been idle for the longest time, or null if there is none. */
    @Nullable E oldest() {
        DatagramEntry first = oldest;
        return first == null ? null : cast(first);
    }

    @SuppressWarnings("unchecked")
    private E cast(DatagramEntry entry) {
        // Only E are added.
        return (E) entry;
    }

    private long hash(InetSocketAddress client, InetAddress local) {
        return Hash64.of(
                hash(client.getAddress()) ^ ((long) client.getPort() << 32) ^ local.hashCode(),
                seed);
    }

    private long hash(InetAddress address) {
        // The hash code of an IPv4 address is the address.
        return address instanceof Inet4Address
                ? address.hashCode()
                : Hash64.of(address.getAddress(), seed);
    }

    private int bucket(long hash) {
        return (int) hash & (buckets.length - 1);
    }

    private void place(DatagramEntry entry) {
        int bucket = bucket(entry.hash);
        entry.nextOfBucket = buckets[bucket];
        buckets[bucket] = entry;
    }

    private void takeOut(DatagramEntry entry) {
        int bucket = bucket(entry.hash);
        DatagramEntry before = null;
        DatagramEntry at = buckets[bucket];
        while (at != null && at != entry) {
            before = at;
            at = at.nextOfBucket;
        }
        if (before == null) {
            buckets[bucket] = entry.nextOfBucket;
        } else {
            before.nextOfBucket = entry.nextOfBucket;
        }
        entry.nextOfBucket = null;
    }

    private void grow() {
        buckets = new @Nullable DatagramEntry[buckets.length * 2];
        for (DatagramEntry entry = oldest; entry != null; entry = entry.newer) {
            if (entry.findable) {
                place(entry);
            }
        }
    }

    private void append(DatagramEntry entry) {
        DatagramEntry last = newest;
        entry.older = last;
        entry.newer = null;
        if (last == null) {
            oldest = entry;
        } else {
            last.newer = entry;
        }
        newest = entry;
    }

    private void unlink(DatagramEntry entry) {
        DatagramEntry before = entry.older;
        DatagramEntry after = entry.newer;
        if (before == null) {
            oldest = after;
        } else {
            before.newer = after;
        }
        if (after == null) {
            newest = before;
        } else {
            after.older = before;
        }
        entry.older = null;
        entry.newer = null;
    }
}

package io.evenkeel.lb;

import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * Points of all servers on a ring of hashes; a key belongs to the next point (Karger and others 1997). A server that goes leaves its
 * keys to its neighbours, and gets the same ones back when it returns. With bounded loads no server gets more than a given
 * part above its share of all connections; a key whose server has that many goes on along the ring (Mirrokni, Thorup, Zadimoghaddam
 * 2018).
 */
final class HashRing implements Selector {
    /** Points for a server of the least weight; the more, the more even. */
    static final int POINTS = 160;

    /** Points for a server of the greatest weight, at most. */
    static final int MOST_POINTS = 2_560;

    /** No bound. */
    static final int UNBOUNDED = 0;

    /** So many servers along the ring are tried before all are asked in their order. */
    private static final int WALK = 64;

    /** The part of a point that is the rank of its server by name; equal hashes have the same order on all nodes so. */
    private static final long RANK = 0xffff;

    private final IntSupplier connections;
    private final Server[] servers;
    private final int[] weights;
    private final long totalWeight;
    private final int boundPercent;
    private final long seed;
    private final int[] byName;

    /** Ascending, with the sign bit turned so that they are in the order of unsigned hashes. */
    private final long[] points;

    /** For each value of a hash's upper bits, the first point that is not below it. */
    private final int[] starts;

    private final int startShift;

    /**
     * @param boundPercent of its share that a server may have, 100 or more, or {@link #UNBOUNDED}
     */
    HashRing(Candidates candidates, int boundPercent) {
        connections = candidates.connections();
        servers = candidates.order();
        weights = candidates.weights();
        this.boundPercent = boundPercent;
        seed = candidates.seed();
        totalWeight = Arrays.stream(weights).asLongStream().sum();
        byName = candidates.byName();
        points = place(candidates.scale());
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(points.length);
        startShift = Long.SIZE - bits;
        starts = new int[1 << bits];
        int point = 0;
        for (int i = 0; i < starts.length; i++) {
            long least = ordered((long) i << startShift);
            while (point < points.length && points[point] < least) {
                point++;
            }
            starts[i] = point;
        }
    }

    /** By the configured weights of all servers, so that neither who is there nor another's weight matters. */
    static int points(int weight, WeightScale scale) {
        boolean few = scale.greatest() / scale.divisor() * POINTS <= MOST_POINTS;
        int points =
                few ? weight * POINTS / scale.divisor() : weight * MOST_POINTS / scale.greatest();
        return Math.max(1, points);
    }

    private long[] place(WeightScale scale) {
        int total = 0;
        for (int weight : weights) {
            total += points(weight, scale);
        }
        long[] placed = new long[total];
        int at = 0;
        for (int rank = 0; rank < byName.length; rank++) {
            int server = byName[rank];
            long name = Hash64.of(servers[server].name(), seed);
            for (int i = points(weights[server], scale); i > 0; i--) {
                placed[at++] = ordered(Hash64.of(i, name) & ~RANK | rank);
            }
        }
        Arrays.sort(placed);
        return placed;
    }

    private static long ordered(long hash) {
        return hash ^ Long.MIN_VALUE;
    }

    private int owner(int point) {
        return byName[(int) (points[point] & RANK)];
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        int home = home(Hash64.of(key, seed));
        int owner = owner(home);
        boolean bounded = boundPercent != UNBOUNDED;
        // One connection is within every bound.
        if ((!bounded || servers[owner].inFlight() == 0) && offer.take(owner)) {
            return owner;
        }
        long all = bounded ? connections.getAsInt() : 0;
        int last = NONE;
        int point = home;
        for (int i = Math.min(WALK, points.length); i > 0; i--) {
            int server = owner(point);
            point = point + 1 == points.length ? 0 : point + 1;
            if (server != last && isWithin(server, all) && offer.take(server)) {
                return server;
            }
            last = server;
        }
        for (int i = 0; bounded && i < servers.length; i++) {
            if (isWithin(i, all) && offer.take(i)) {
                return i;
            }
        }
        return offer.takeFrom(owner, servers.length);
    }

    /** The first point at or after the hash, around the ring. */
    private int home(long hash) {
        long place = ordered(hash);
        int point = starts[(int) (hash >>> startShift)];
        while (point < points.length && points[point] < place) {
            point++;
        }
        return point == points.length ? 0 : point;
    }

    private boolean isWithin(int server, long all) {
        return boundPercent == UNBOUNDED || servers[server].inFlight() < bound(server, all);
    }

    /** The server's part of the connections, this one included, by its weight, and what it may have above that; rounded up. */
    private long bound(int server, long all) {
        long whole = 100 * totalWeight;
        return (all * boundPercent * weights[server] + whole - 1) / whole;
    }
}

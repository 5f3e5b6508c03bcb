package io.evenkeel.lb;

import java.time.Duration;

/**
 * How a backend spreads connections over its usable servers: one of those here, or the application's own. Immutable, with
 * {@code equals}.
 *
 * <p>Which to take: {@link #roundRobin()} if connections are alike; {@link #leastConnections()} if some last much longer;
 * {@link #powerOfTwo()} for the same with many threads or servers; {@link #peakEwma} if a server may become slow; {@link #maglev} or
 * {@link #ring} if the same client or key belongs on the same server.
 */
public interface Balance {
    /** As in {@code haproxy.cfg}, after {@code balance}; for what HAProxy does not have, a word of its own. */
    String keyword();

    /**
     * Whether the choice follows from the connection (its address, a key) and not from chance or turn. A retry that leaves such a server
     * breaks that promise, so it waits for {@code option redispatch}.
     */
    default boolean isDeterministic() {
        return key() != BalanceKey.NONE;
    }

    /**
     * Whether each connection belongs on one server, however many that has: then it waits for that one, as {@link HashAffinity} says.
     * With bounded loads it does not.
     */
    default boolean hasHome() {
        return isDeterministic();
    }

    /** Whether a selector asks for {@link Candidates#connections()}; counting them costs every thread a write to the same place. */
    default boolean countsConnections() {
        return false;
    }

    /** What of a connection the choice depends on. */
    default BalanceKey key() {
        return BalanceKey.NONE;
    }

    /** The half-life of the servers' latency averages, or 0 if nobody asks for them. */
    default long latencyHalfLifeNanos() {
        return 0;
    }

    /** An order over those servers; asked whenever the usable servers or their weights change. */
    Selector selector(Candidates candidates);

    /**
     * Smooth weighted round robin: each server in turn, as often as its weight says, with the turns of a heavy server spread over the
     * cycle as in NGINX ({@code balance roundrobin}).
     */
    static Balance roundRobin() {
        return StandardBalance.ROUND_ROBIN;
    }

    /** Each server in turn by a fixed table, HAProxy's {@code static-rr}. */
    static Balance staticRoundRobin() {
        return StandardBalance.STATIC_ROUND_ROBIN;
    }

    /** The server with the fewest connections for its weight ({@code leastconn}). Asks every server: for some hundred of them. */
    static Balance leastConnections() {
        return StandardBalance.LEAST_CONNECTIONS;
    }

    /** The first server with a free slot ({@code first}); of use with a limit of connections. */
    static Balance first() {
        return StandardBalance.FIRST;
    }

    /** One server for all until it fails; then the next one, without going back ({@code sticky}). */
    static Balance sticky() {
        return StandardBalance.STICKY;
    }

    /** A server by chance and weight ({@code random(1)}). */
    static Balance random() {
        return new RandomBalance(1);
    }

    /** The less loaded of two servers drawn by chance and weight ({@code random}). */
    static Balance powerOfTwo() {
        return new RandomBalance(2);
    }

    /**
     * The least loaded of several servers drawn by chance and weight ({@code random(draws)}).
     *
     * @param draws 1 or more
     */
    static Balance random(int draws) {
        return new RandomBalance(draws);
    }

    /**
     * Of two servers drawn by chance the one of the shorter expected wait, by measured latencies.
     *
     * @param halfLife how fast a peak is forgotten, above 0; a few seconds
     * @see Lease#observeLatency
     */
    static Balance peakEwma(Duration halfLife) {
        return new PeakEwmaBalance(halfLife);
    }

    /** By a table of the servers that changes when they do: perfectly even ({@code hash-type map-based}). */
    static Balance hash(BalanceKey key) {
        return new HashBalance(HashBalance.Table.MAP, key, 0);
    }

    /** Consistently, by a ring of points ({@code hash-type consistent}). */
    static Balance ring(BalanceKey key) {
        return new HashBalance(HashBalance.Table.RING, key, 0);
    }

    /**
     * By a ring, on which no server gets more than a part above its share ({@code hash-balance-factor}).
     *
     * @param percent of its share, 101 or more; 125 to 200 is of use
     */
    static Balance boundedRing(BalanceKey key, int percent) {
        return new HashBalance(HashBalance.Table.RING, key, percent);
    }

    /** Consistently, by Google's Maglev: more even and faster than a ring; for up to some hundred servers. */
    static Balance maglev(BalanceKey key) {
        return new HashBalance(HashBalance.Table.MAGLEV, key, 0);
    }

    /** The same with a table ten times as large: for a thousand servers, or to move fewer keys. */
    static Balance largeMaglev(BalanceKey key) {
        return new HashBalance(HashBalance.Table.LARGE_MAGLEV, key, 0);
    }

    /** Consistently, by the highest hash of key and server: moves the fewest keys; asks every server. */
    static Balance rendezvous(BalanceKey key) {
        return new HashBalance(HashBalance.Table.RENDEZVOUS, key, 0);
    }
}

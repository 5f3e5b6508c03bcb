package io.evenkeel.vrrp;

/** What a virtual router has counted since it was made. Read on the thread that drives the router. */
public final class RouterCounters {

    private final long[] rejected = new long[PacketRejection.values().length];

    long advertisementsSent;
    long advertisementsReceived;
    long priorityZeroSent;
    long priorityZeroReceived;
    long promotions;
    long contentions;
    long promotionsHeldBack;
    long sendsWithoutAddress;
    long lateWakeUps;
    long longestLateNanos;

    RouterCounters() {}

    void reject(PacketRejection rejection) {
        rejected[rejection.ordinal()]++;
    }

    /** Advertisements sent, those of priority 0 included. */
    public long advertisementsSent() {
        return advertisementsSent;
    }

    /** Advertisements that climbed the whole ladder. */
    public long advertisementsReceived() {
        return advertisementsReceived;
    }

    public long priorityZeroSent() {
        return priorityZeroSent;
    }

    public long priorityZeroReceived() {
        return priorityZeroReceived;
    }

    /** How often this router became Active. */
    public long promotions() {
        return promotions;
    }

    /** Advertisements of others heard while Active, releases aside. */
    public long contentions() {
        return contentions;
    }

    /** How often this router would have become Active, but its group or its local address let it wait. */
    public long promotionsHeldBack() {
        return promotionsHeldBack;
    }

    /** Advertisements that were not sent because the local address was not usable. */
    public long sendsWithoutAddress() {
        return sendsWithoutAddress;
    }

    /** How often the driver came so late that a peer may have acted. */
    public long lateWakeUps() {
        return lateWakeUps;
    }

    public long longestLateNanos() {
        return longestLateNanos;
    }

    /** Packets dropped for this reason. */
    public long rejected(PacketRejection rejection) {
        return rejected[rejection.ordinal()];
    }

    /** A copy that no longer changes, for another thread. */
    public RouterCounters copy() {
        RouterCounters copy = new RouterCounters();
        System.arraycopy(rejected, 0, copy.rejected, 0, rejected.length);
        copy.advertisementsSent = advertisementsSent;
        copy.advertisementsReceived = advertisementsReceived;
        copy.priorityZeroSent = priorityZeroSent;
        copy.priorityZeroReceived = priorityZeroReceived;
        copy.promotions = promotions;
        copy.contentions = contentions;
        copy.promotionsHeldBack = promotionsHeldBack;
        copy.sendsWithoutAddress = sendsWithoutAddress;
        copy.lateWakeUps = lateWakeUps;
        copy.longestLateNanos = longestLateNanos;
        return copy;
    }
}

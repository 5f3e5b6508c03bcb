package io.evenkeel.lb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which servers of a backend may be picked, at one moment: the usable active ones or, when there is
 * none, the first usable backup or all of them ({@link BackendConfig#allBackups()}); all active ones if too few are well and {@link AllDown} says so. Immutable
 * but for whose turn it is; a change of a server makes a new pool.
 */
public final class Pool {
    private final List<Server> usable;
    private final Tier[] tiers;
    private final TierShares shares;
    private final boolean backups;
    private final boolean open;
    private final boolean awaitingFirstCheck;
    private final boolean keepsAffinity;
    private final boolean skipsFullQueue;

    /**
     * @param tiers by descending priority, each with a server
     */
    Pool(
            List<Tier> tiers,
            TierShares shares,
            boolean backups,
            boolean open,
            boolean awaitingFirstCheck,
            BackendConfig config) {
        this.usable = tiers.stream().flatMap(tier -> tier.servers().stream()).toList();
        this.tiers = tiers.toArray(new Tier[0]);
        this.shares = shares;
        this.backups = backups;
        this.open = open;
        this.awaitingFirstCheck = awaitingFirstCheck;
        keepsAffinity = config.balance().hasHome() && config.hashAffinity() != HashAffinity.MAXCONN;
        skipsFullQueue = config.hashAffinity() == HashAffinity.MAXQUEUE;
    }

    /** The servers that may be picked, by priority and then in the order of the configuration. */
    public List<Server> usable() {
        return usable;
    }

    /** How many servers may be picked. */
    public int usableCount() {
        return usable.size();
    }

    /** Whether the backups are in use. */
    public boolean onBackups() {
        return backups;
    }

    /** Whether servers are used whatever their checks say, because too few are well: see {@link AllDown}. */
    public boolean isFailOpen() {
        return open;
    }

    /**
     * The part of the connections that goes to the servers of a priority, 0 to 1.
     *
     * @see BackendConfig#overprovisionPercent()
     */
    public double share(int priority) {
        for (int i = 0; i < tiers.length; i++) {
            if (tiers[i].priority() == priority) {
                return shares.share(i);
            }
        }
        return 0;
    }

    /** Whether a server may be picked that is not {@code server}. */
    public boolean hasOtherThan(Server server) {
        return usable.size() > 1 || usable.size() == 1 && usable.get(0) != server;
    }

    /** Whether some server waits for its first check. */
    boolean awaitingFirstCheck() {
        return awaitingFirstCheck;
    }

    /** Whether a connection belongs on one server and waits for it: {@link #home}. */
    boolean keepsAffinity() {
        return keepsAffinity;
    }

    /** Whether it goes to another where too many wait for that one. */
    boolean leavesFullQueue() {
        return skipsFullQueue;
    }

    /** The tier of that priority, or null. */
    @Nullable Tier tier(int priority) {
        for (Tier tier : tiers) {
            if (tier.priority() == priority) {
                return tier;
            }
        }
        return null;
    }

    TierShares shares() {
        return shares;
    }

    /**
     * Picks a server and takes a slot of it.
     *
     * @param place of one that waits, or null of one that has just come
     * @return null if no server has a slot
     */
    @Nullable Server acquire(PickRequest request, long nowNanos, @Nullable QueuePlace place) {
        if (tiers.length == 0) {
            return null;
        }
        int first = tiers.length == 1 ? 0 : shares.draw(request.balanceKey());
        Server server = tiers[first].acquire(request, nowNanos, place);
        for (int i = 0; server == null && i < tiers.length; i++) {
            if (i != first) {
                server = tiers[i].acquire(request, nowNanos, place);
            }
        }
        return server;
    }

    /** The server that the request belongs on, full or not; null if there is none. */
    @Nullable Server home(PickRequest request, long nowNanos) {
        if (tiers.length == 0) {
            return null;
        }
        int first = tiers.length == 1 ? 0 : shares.draw(request.balanceKey());
        return tiers[first].home(request, nowNanos, skipsFullQueue);
    }
}

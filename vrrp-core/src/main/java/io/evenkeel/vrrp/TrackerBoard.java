package io.evenkeel.vrrp;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the trackers last said, and the priority that follows. */
final class TrackerBoard {

    private enum Health {
        UNKNOWN,
        UP,
        FAILED
    }

    private final VirtualRouterConfig config;
    private final List<Tracker> trackers;
    private final Health[] health;
    private int effectivePriority;

    TrackerBoard(VirtualRouterConfig config) {
        this.config = config;
        this.trackers = config.trackers();
        this.health = new Health[trackers.size()];
        Arrays.fill(health, Health.UNKNOWN);
        this.effectivePriority = config.priority();
    }

    int effectivePriority() {
        return effectivePriority;
    }

    /** Takes a report; false if it says nothing new or the tracker is not one of this router's. */
    boolean report(String name, boolean up) {
        for (int i = 0; i < health.length; i++) {
            if (trackers.get(i).name().equals(name)) {
                Health now = up ? Health.UP : Health.FAILED;
                boolean isNew = health[i] != now;
                health[i] = now;
                effectivePriority = evaluate();
                return isNew;
            }
        }
        return false;
    }

    private int evaluate() {
        if (config.isOwner()) {
            return ConfigChecks.OWNER_PRIORITY;
        }
        int priority = config.priority();
        for (int i = 0; i < health.length; i++) {
            int weight = trackers.get(i).weight();
            if (weight > 0 && health[i] == Health.UP || weight < 0 && health[i] == Health.FAILED) {
                priority += weight;
            }
        }
        return Math.max(1, Math.min(254, priority));
    }

    /** Why a fatal tracker forbids this router to own the addresses, or null if none does. */
    @Nullable String fault() {
        for (int i = 0; i < health.length; i++) {
            if (trackers.get(i).isFatal() && health[i] != Health.UP) {
                return "the tracker "
                        + trackers.get(i).name()
                        + (health[i] == Health.FAILED ? " has failed." : " has not reported yet.");
            }
        }
        return null;
    }
}

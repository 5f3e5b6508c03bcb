package io.evenkeel.vrrp;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the trackers last said, how long that is good for, and the priority that follows. */
final class TrackerBoard {

    private enum Health {
        UNKNOWN,
        UP,
        FAILED
    }

    private static final int FATAL_SUM = -254;

    private VirtualRouterConfig config;
    private List<Tracker> trackers;
    private Health[] health;

    /** The number that a tracker reported, or its weight once for a tracker that is up or failed. */
    private long[] adjustments;

    private long[] deadlines;
    private boolean[] graceGiven;
    private int effectivePriority;
    private long nextDeadlineNanos = VirtualRouter.NO_DEADLINE;

    TrackerBoard(VirtualRouterConfig config) {
        this.config = config;
        this.trackers = config.trackers();
        int size = trackers.size();
        this.health = new Health[size];
        this.adjustments = new long[size];
        this.deadlines = new long[size];
        this.graceGiven = new boolean[size];
        Arrays.fill(health, Health.UNKNOWN);
        Arrays.fill(deadlines, VirtualRouter.NO_DEADLINE);
        this.effectivePriority = config.priority();
    }

    /** The same for another configuration; trackers that stay keep what they said. */
    TrackerBoard reconfigured(VirtualRouterConfig next) {
        TrackerBoard board = new TrackerBoard(next);
        for (int i = 0; i < board.health.length; i++) {
            int before = indexOf(board.trackers.get(i).name());
            if (before < 0 || health[before] == Health.UNKNOWN) {
                continue;
            }
            Tracker was = trackers.get(before);
            Tracker is = board.trackers.get(i);
            if (was.equals(is)) {
                board.health[i] = health[before];
                board.adjustments[i] = adjustments[before];
                board.deadlines[i] = deadlines[before];
                board.graceGiven[i] = graceGiven[before];
            } else if (was.inverted() == is.inverted()) {
                board.health[i] = health[before];
                board.adjustments[i] = adjustment(is, health[before]);
                board.deadlines[i] =
                        is.deadlineNanos() == 0 ? VirtualRouter.NO_DEADLINE : deadlines[before];
            }
        }
        board.evaluate();
        return board;
    }

    int effectivePriority() {
        return effectivePriority;
    }

    /** When the next report is too old, or {@link VirtualRouter#NO_DEADLINE}. */
    long nextDeadlineNanos() {
        return nextDeadlineNanos;
    }

    /** From now on a source that has never reported has its time to do so. */
    void started(long nowNanos) {
        for (int i = 0; i < health.length; i++) {
            long good = trackers.get(i).deadlineNanos();
            if (health[i] == Health.UNKNOWN && good > 0) {
                deadlines[i] = nowNanos + good;
            }
        }
        findNextDeadline();
    }

    /** Takes a report of up or failed; false if it says nothing new or the tracker is unknown. */
    boolean report(String name, boolean up, long nowNanos) {
        int index = indexOf(name);
        if (index < 0) {
            return false;
        }
        Tracker tracker = trackers.get(index);
        Health now = up != tracker.inverted() ? Health.UP : Health.FAILED;
        return take(index, now, adjustment(tracker, now), nowNanos);
    }

    /** Takes a number; false if it says nothing new or the tracker is unknown. */
    boolean reportValue(String name, int value, long nowNanos) {
        int index = indexOf(name);
        if (index < 0) {
            return false;
        }
        Tracker tracker = trackers.get(index);
        if (tracker.isFatal()) {
            return report(name, value == 0, nowNanos);
        }
        long product = (long) value * tracker.weight() * (tracker.inverted() ? -1 : 1);
        return take(index, product <= FATAL_SUM ? Health.FAILED : Health.UP, product, nowNanos);
    }

    private boolean take(int index, Health now, long adjustment, long nowNanos) {
        boolean isNew = health[index] != now || adjustments[index] != adjustment;
        health[index] = now;
        adjustments[index] = adjustment;
        long good = trackers.get(index).deadlineNanos();
        deadlines[index] = good == 0 ? VirtualRouter.NO_DEADLINE : nowNanos + good;
        graceGiven[index] = false;
        evaluate();
        return isNew;
    }

    /**
     * Fails the first tracker that has been silent for too long.
     *
     * <p>A driver that comes late was paused, and in one process that means the source was paused too:
     * then its silence says nothing, and it gets half of its time again.
     *
     * @return its name, or null if there is none
     */
    @Nullable String expire(long nowNanos) {
        for (int i = 0; i < deadlines.length; i++) {
            if (deadlines[i] > nowNanos) {
                continue;
            }
            Tracker tracker = trackers.get(i);
            long half = tracker.deadlineNanos() / 2;
            if (nowNanos - deadlines[i] > half && !graceGiven[i]) {
                graceGiven[i] = true;
                deadlines[i] = nowNanos + half;
                findNextDeadline();
                continue;
            }
            boolean wasFailed = health[i] == Health.FAILED;
            deadlines[i] = VirtualRouter.NO_DEADLINE;
            health[i] = Health.FAILED;
            adjustments[i] = adjustment(tracker, Health.FAILED);
            evaluate();
            if (!wasFailed) {
                return tracker.name();
            }
        }
        return null;
    }

    private static long adjustment(Tracker tracker, Health health) {
        boolean counts = tracker.weight() > 0 ? health == Health.UP : health == Health.FAILED;
        return counts ? tracker.weight() : 0;
    }

    private void evaluate() {
        findNextDeadline();
        if (config.isOwner()) {
            effectivePriority = ConfigChecks.OWNER_PRIORITY;
            return;
        }
        long priority = config.priority();
        for (long adjustment : adjustments) {
            priority += adjustment;
        }
        effectivePriority = (int) Math.max(1, Math.min(254, priority));
    }

    private void findNextDeadline() {
        nextDeadlineNanos = VirtualRouter.NO_DEADLINE;
        for (long deadline : deadlines) {
            nextDeadlineNanos = Math.min(nextDeadlineNanos, deadline);
        }
    }

    /** Why a fatal tracker forbids this router to own the addresses, or null if none does. */
    @Nullable String fault() {
        for (int i = 0; i < health.length; i++) {
            Tracker tracker = trackers.get(i);
            if (tracker.isFatal() && health[i] != Health.UP) {
                return "the tracker "
                        + tracker.name()
                        + (health[i] == Health.FAILED ? " has failed." : " has not reported yet.");
            }
            if (!tracker.isFatal() && adjustments[i] <= FATAL_SUM) {
                return "the tracker " + tracker.name() + " takes all of the priority.";
            }
        }
        return null;
    }

    private int indexOf(String name) {
        for (int i = 0; i < trackers.size(); i++) {
            if (trackers.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}

package io.evenkeel.vrrp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the trackers last said, how long that is good for, and the priority that follows. */
final class TrackerBoard {

    private enum Health {
        UNKNOWN,
        UP,
        FAILED
    }

    /**
     * What a source said last.
     *
     * @param value the number, or null if it is up or has failed
     */
    private record Report(boolean up, @Nullable Integer value, long timeNanos) {}

    private static final int FATAL_SUM = -254;

    private final VirtualRouterConfig config;
    private final List<Tracker> trackers;

    /** Of all sources that ever reported, also of those that this configuration does not track. */
    private final Map<String, Report> reports;

    private final Health[] health;

    /** The number that a tracker reported, or its weight once for a tracker that is up or failed. */
    private final long[] adjustments;

    private final long[] deadlines;
    private final boolean[] graceGiven;
    private int effectivePriority;
    private long nextDeadlineNanos = VirtualRouter.NO_DEADLINE;

    TrackerBoard(VirtualRouterConfig config) {
        this(config, new HashMap<>());
    }

    private TrackerBoard(VirtualRouterConfig config, Map<String, Report> reports) {
        this.config = config;
        this.reports = reports;
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

    /** The same for another configuration; trackers that stay, or come back, keep what they said. */
    TrackerBoard reconfigured(VirtualRouterConfig next, long nowNanos) {
        TrackerBoard board = new TrackerBoard(next, reports);
        for (int i = 0; i < board.health.length; i++) {
            Tracker is = board.trackers.get(i);
            int before = indexOf(is.name());
            Report report = reports.get(is.name());
            if (before >= 0 && trackers.get(before).equals(is)) {
                board.health[i] = health[before];
                board.adjustments[i] = adjustments[before];
                board.deadlines[i] = deadlines[before];
                board.graceGiven[i] = graceGiven[before];
            } else if (report != null) {
                board.take(i, report, nowNanos);
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
        return report(name, new Report(up, null, nowNanos), nowNanos);
    }

    /** Takes a number; false if it says nothing new or the tracker is unknown. */
    boolean reportValue(String name, int value, long nowNanos) {
        return report(name, new Report(false, value, nowNanos), nowNanos);
    }

    private boolean report(String name, Report report, long nowNanos) {
        reports.put(name, report);
        int index = indexOf(name);
        if (index < 0) {
            return false;
        }
        Health before = health[index];
        long adjustmentBefore = adjustments[index];
        take(index, report, nowNanos);
        evaluate();
        return health[index] != before || adjustments[index] != adjustmentBefore;
    }

    /** Takes a report for what it is worth now: one that is too old says that the source has failed. */
    private void take(int index, Report report, long nowNanos) {
        Tracker tracker = trackers.get(index);
        long good = tracker.deadlineNanos();
        Integer value = report.value();
        graceGiven[index] = false;
        if (good > 0 && nowNanos - report.timeNanos() >= good) {
            deadlines[index] = VirtualRouter.NO_DEADLINE;
            takeHealth(index, false);
            return;
        }
        deadlines[index] = good == 0 ? VirtualRouter.NO_DEADLINE : report.timeNanos() + good;
        if (value == null || tracker.isFatal()) {
            boolean up = value == null ? report.up() : value == 0;
            takeHealth(index, up != tracker.inverted());
            return;
        }
        adjustments[index] = (long) value * tracker.weight() * (tracker.inverted() ? -1 : 1);
        health[index] = adjustments[index] <= FATAL_SUM ? Health.FAILED : Health.UP;
    }

    private void takeHealth(int index, boolean up) {
        health[index] = up ? Health.UP : Health.FAILED;
        adjustments[index] = adjustment(trackers.get(index), health[index]);
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
            takeHealth(i, false);
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

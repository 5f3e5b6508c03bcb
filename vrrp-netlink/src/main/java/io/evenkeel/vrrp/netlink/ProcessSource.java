package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.TrackedProcess;
import org.jspecify.annotations.Nullable;

/**
 * Counts the processes that a {@link TrackedProcess} means and reports when their number comes into the wanted range or leaves it
 * for as long as the delays say.
 */
final class ProcessSource implements PolledSource {
    private final TrackedProcess tracked;
    private final ProcessTable table;
    private final ScriptRunner.Report report;
    private @Nullable Boolean reported;
    private boolean seenRight;
    private long seenSinceNanos;

    ProcessSource(TrackedProcess tracked, ProcessTable table, ScriptRunner.Report report) {
        this.tracked = tracked;
        this.table = table;
        this.report = report;
    }

    @Override
    public void poll(long nowNanos) {
        int count = table.count(tracked);
        boolean right = count >= tracked.quorum() && count <= tracked.quorumMax();
        if (reported == null) {
            tell(right);
            return;
        }
        if (right != seenRight) {
            seenRight = right;
            seenSinceNanos = nowNanos;
        }
        long delay = right ? tracked.upDelayNanos() : tracked.downDelayNanos();
        if (right != reported && nowNanos - seenSinceNanos >= delay) {
            tell(right);
        }
    }

    private void tell(boolean up) {
        reported = up;
        seenRight = up;
        report.changed(tracked.trackerName(), up);
    }
}

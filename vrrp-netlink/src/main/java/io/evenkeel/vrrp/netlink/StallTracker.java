package io.evenkeel.vrrp.netlink;

/**
 * Measures how late the VRRP thread runs. It is late when it wakes after its deadline, and when the round of its loop before took
 * long: in both cases it was not scheduled, or the JVM was paused.
 */
final class StallTracker {
    /** From here on a delay counts as a stall: a tenth of the shortest interval that a JVM should be asked to keep. */
    static final long THRESHOLD_NANOS = 10_000_000L;

    /** The log speaks of delays from here on; shorter ones are only counted. */
    static final long REPORTED_NANOS = 100_000_000L;

    private final StallRecorder recorder;
    private long maxNanos;
    private long count;

    StallTracker(StallRecorder recorder) {
        this.recorder = recorder;
    }

    /** Prepares for the first stall. */
    void warm() {
        recorder.warm();
    }

    /**
     * Notes one delay; true if it is worth a sentence in the log.
     *
     * @param roundNanos how long the round before took
     */
    boolean record(long delayNanos, long roundNanos) {
        if (delayNanos < THRESHOLD_NANOS) {
            return false;
        }
        count++;
        maxNanos = Math.max(maxNanos, delayNanos);
        recorder.record(delayNanos, roundNanos);
        return delayNanos >= REPORTED_NANOS;
    }

    StallStatistics statistics() {
        return new StallStatistics(count, maxNanos);
    }
}

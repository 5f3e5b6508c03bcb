package io.evenkeel.benchmarks.failover;

import org.jspecify.annotations.Nullable;

/**
 * A line of a result.
 *
 * @param what which quantity, of whom
 * @param target what it is held to, or null if it is shown for comparison
 */
record Row(String what, Unit unit, Samples samples, @Nullable Target target) {
    /**
     * What a quantity may be at most.
     *
     * @param percent the percentile that counts; 100 is every sample
     */
    record Target(double percent, double limit) {
        static Target p99(double limit) {
            return new Target(99, limit);
        }

        static Target always(double limit) {
            return new Target(100, limit);
        }
    }

    static Row of(String what, Unit unit, Samples samples) {
        return new Row(what, unit, samples, null);
    }

    Row within(Target wanted) {
        return new Row(what, unit, samples, wanted);
    }

    /** Null where there is no target, or nothing was measured. */
    @Nullable Boolean isMet() {
        if (target == null || samples.count() == 0) {
            return null;
        }
        return samples.percentile(target.percent()) <= target.limit();
    }

    /** Such as {@code p99 <= 50.0}. */
    String targetText() {
        if (target == null) {
            return "";
        }
        String which = target.percent() == 100 ? "" : "p%.0f ".formatted(target.percent());
        return which + "<= " + unit.format(target.limit());
    }

    String verdict() {
        Boolean met = isMet();
        return met == null ? "" : met ? "ok" : "MISSED";
    }
}

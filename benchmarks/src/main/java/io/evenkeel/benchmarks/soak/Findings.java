package io.evenkeel.benchmarks.soak;

import java.util.List;
import java.util.Map;

/**
 * What a soak has found, whole or until it was ended.
 *
 * @param heading when, where and with which seed
 * @param samples in their order
 * @param marks in their order
 * @param before the process at rest before the load
 * @param after the process at rest after the load; empty if it was ended before
 * @param ends how connections ended, and how often
 * @param failures the first things that must not happen and did
 * @param failed how many there were
 */
record Findings(
        String heading,
        List<Sample> samples,
        List<Mark> marks,
        Map<Quantity, Double> before,
        Map<Quantity, Double> after,
        Map<String, Long> ends,
        List<String> failures,
        long failed) {

    Verdict verdict(Quantity quantity) {
        return Verdict.of(quantity, samples);
    }

    boolean isBack(Quantity quantity) {
        return after.isEmpty() || Rest.isBack(quantity, before, after);
    }

    /** Whether nothing grew, everything was given back, and no byte was lost. */
    boolean isWell() {
        for (Quantity quantity : Quantity.values()) {
            Verdict verdict = verdict(quantity);
            if (verdict.isKnown() && !verdict.isFlat() || !isBack(quantity)) {
                return false;
            }
        }
        return failed == 0;
    }

    long count(Mark.Kind kind) {
        return marks.stream().filter(mark -> mark.kind() == kind).count();
    }
}

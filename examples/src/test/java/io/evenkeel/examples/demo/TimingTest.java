package io.evenkeel.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** RFC 9568 section 6.1 with an advertisement interval of 100 ms and priority 90. */
class TimingTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    @Test
    void skewTimeIsTheIntervalTimesTheDistanceTo256() {
        assertEquals(64_843_750, Timing.skew(90));
    }

    @Test
    void activeDownIntervalIsThreeIntervalsAndTheSkew() {
        assertEquals(364_843_750, Timing.activeDown(90));
    }

    @Test
    void aGapUpToTheBoundAndTheAllowanceIsAccepted() throws StepFailure {
        Scene.claimGap(gap(365 * MS + Timing.ALLOWANCE, 0), 365 * MS, "the bound");
    }

    @Test
    void aLongerGapFailsWithBothTimesInTheSentence() {
        StepFailure failure =
                assertThrows(
                        StepFailure.class,
                        () -> Scene.claimGap(gap(900 * MS, 0), 365 * MS, "Active_Down_Interval"));

        assertEquals(
                "The client had no answer for 900 ms, but Active_Down_Interval is 365 ms"
                        + " and 150 ms more are allowed for this machine",
                failure.getMessage());
    }

    @Test
    void aMachineThatStallsIsAllowedTwiceTheStall() throws StepFailure {
        Scene.claimGap(gap(365 * MS + Timing.ALLOWANCE + 80 * MS, 40 * MS), 365 * MS, "the bound");
        assertThrows(
                StepFailure.class,
                () ->
                        Scene.claimGap(
                                gap(365 * MS + Timing.ALLOWANCE + 81 * MS, 40 * MS),
                                365 * MS,
                                "the bound"));
    }

    private static Window gap(long nanos, long stallNanos) {
        return new Window(1, 0, Map.of(), Map.of(), Map.of(), nanos, stallNanos);
    }
}

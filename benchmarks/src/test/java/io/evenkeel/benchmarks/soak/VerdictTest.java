package io.evenkeel.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static Verdict of(IntToDoubleFunction descriptorsByMinute) {
        return Verdict.of(Quantity.DESCRIPTORS, Samples.withDescriptors(descriptorsByMinute));
    }

    private static Findings findings(List<Sample> samples, double restBefore, double restAfter) {
        return new Findings(
                "",
                samples,
                List.of(),
                Map.of(Quantity.DESCRIPTORS, restBefore),
                Map.of(Quantity.DESCRIPTORS, restAfter),
                Map.of(),
                List.of(),
                0);
    }

    @Test
    void whatStaysIsFlat() {
        assertEquals("flat", of(minute -> 100).toString());
    }

    @Test
    void whatLeaksADescriptorAMinuteGrows() {
        assertEquals("GROWS", of(minute -> 100 + minute).toString());
    }

    @Test
    void whatRisesInTheFirstQuarterOnlyIsFlat() {
        assertEquals("flat", of(minute -> Math.min(minute, 15) * 10).toString());
    }

    @Test
    void singlePeaksDoNotCount() {
        Verdict verdict = of(minute -> minute == 50 ? 1000 : 100);
        assertEquals("flat", verdict.toString());
        assertEquals(1000, verdict.most());
    }

    @Test
    void whatIsNotLookedAtEachTimeIsJudgedByTheRest() {
        Verdict heap = Verdict.of(Quantity.HEAP, Samples.withDescriptors(minute -> 1));
        assertEquals(7, heap.last());
        assertEquals("flat", heap.toString());
    }

    @Test
    void aFewSamplesSayNothing() {
        List<Sample> few = Samples.withDescriptors(minute -> 1).subList(0, 6);
        assertEquals("too short", Verdict.of(Quantity.DESCRIPTORS, few).toString());
    }

    @Test
    void oneDescriptorThatIsNotGivenBackIsNotWell() {
        List<Sample> flat = Samples.withDescriptors(minute -> 100);
        assertTrue(findings(flat, 31, 31).isWell());
        assertFalse(findings(flat, 31, 32).isWell());
        assertFalse(findings(Samples.withDescriptors(minute -> minute), 31, 31).isWell());
    }
}

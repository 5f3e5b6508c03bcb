package io.evenkeel.benchmarks.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void aPercentileIsAValueThatOccurred() {
        double[] hundred = DoubleStream.iterate(100, v -> v - 1).limit(100).toArray();
        Samples samples = Samples.of(hundred);
        assertEquals(50, samples.percentile(50));
        assertEquals(90, samples.percentile(90));
        assertEquals(99, samples.percentile(99));
        assertEquals(100, samples.max());
    }

    @Test
    void theP99OfFiftyIsTheLargest() {
        double[] fifty = DoubleStream.iterate(1, v -> v + 1).limit(50).toArray();
        assertEquals(50, Samples.of(fifty).percentile(99));
    }

    @Test
    void whatDidNotComeIsAboveAllThatDid() {
        Samples samples = new Samples(List.of(3.0, 1.0, 2.0), 1);
        assertEquals(4, samples.count());
        assertEquals(2, samples.percentile(50));
        assertEquals(Double.POSITIVE_INFINITY, samples.max());
        assertEquals("never", Unit.MILLIS.format(samples.max()));
    }

    @Test
    void noSamplesHaveNoPercentile() {
        assertEquals(Double.NaN, Samples.of().percentile(50));
        assertEquals("-", Unit.MILLIS.format(Samples.of().max()));
    }
}

package io.evenkeel.benchmarks.soak;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** An hour of samples, a minute apart. */
final class Samples {
    private Samples() {}

    /** All alike but for the descriptors. */
    static List<Sample> withDescriptors(IntToDoubleFunction byMinute) {
        return IntStream.rangeClosed(0, 60)
                .mapToObj(
                        minute ->
                                new Sample(
                                        60.0 * minute,
                                        minute % 3 == 0 ? 7 << 20 : Double.NaN,
                                        200 << 20,
                                        1 << 19,
                                        30 << 20,
                                        byMinute.applyAsDouble(minute),
                                        9,
                                        27,
                                        50,
                                        6000.0 * minute,
                                        1e6 * minute))
                .toList();
    }
}

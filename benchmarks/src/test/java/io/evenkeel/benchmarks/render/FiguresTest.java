package io.evenkeel.benchmarks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0.42,0.01,0.4 ± 0.0 ns",
        "9.94,1,9.9 ± 1.0 ns",
        "9.96,1,10 ± 1 ns",
        "31.6,2.7,32 ± 3 ns",
        "999.4,NaN,999 ns",
        "999.6,NaN,1.0 µs",
        "1994,310,2.0 ± 0.3 µs",
        "153000000,NaN,153 ms",
        "5e12,NaN,5000 s"
    })
    void timesHaveTheUnitThatKeepsThemShort(double nanos, double error, String text) {
        assertEquals(text, Figures.time(nanos, error));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "23.7,24 B",
        "9999,9999 B",
        "10000,9.8 KiB",
        "10240,10 KiB",
        "2600000,2.5 MiB",
        "NaN,?"
    })
    void sizesAreExactWhileTheyAreSmall(double bytes, String text) {
        assertEquals(text, Figures.bytes(bytes));
    }
}

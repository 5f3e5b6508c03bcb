package io.evenkeel.lb.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.StickRate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a peer tells of a rate, and what is taken of it. */
class PeerRateTest {
    private static final long MILLI = 1_000_000;

    private static PeerReader told(long elapsedMillis, long current, long previous) {
        byte[] bytes =
                new PeerWriter().number(elapsedMillis).number(current).number(previous).toBytes();
        return new PeerReader(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 0, 0, 3, 0",
        "2500, 20, 40, 2500, 20, 40",
        "9999, 20, 40, 9999, 20, 40",
        "10000, 20, 40, 0, 0, 20",
        "19999, 20, 40, 9999, 0, 20",
        "20000, 20, 40, 0, 0, 0",
        "4294967295, 20, 40, 0, 0, 0",
        // These have 64 bits and are read as negative.
        "-1, 20, 40, 0, 0, 0",
        "0, -1, -1, 0, 0, 0",
        "0, 9223372036854775807, 1, 0, 2305843009213693952, 1",
    })
    void overTheSamePeriodAllPartsAreTaken(
            long elapsed, long current, long previous, long here, long now, long before) {
        PeerReader in = told(elapsed, current, previous);
        assertEquals(
                new StickRate(here * MILLI, now, before),
                PeerRate.read(in, 10_000, 10_000 * MILLI));
        assertEquals(0, in.remaining());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 0, 3",
        "2500, 20, 40, 50",
        "10000, 20, 40, 20",
        "15000, 20, 40, 10",
        "20000, 20, 40, 0"
    })
    void overAnotherPeriodItsValueIsTaken(long elapsed, long current, long previous, long value) {
        PeerReader in = told(elapsed, current, previous);
        assertEquals(new StickRate(0, 0, value), PeerRate.read(in, 10_000, 60_000 * MILLI));
    }

    @ParameterizedTest
    @CsvSource({"0", "-5", "9223372036854775807"})
    void aPeriodThatCannotBeDoesNoHarm(long periodMillis) {
        long value = PeerRate.read(told(7, 1, 1), periodMillis, 10_000 * MILLI).previous();
        assertEquals(periodMillis > 0 ? 2 : 0, value);
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 0, 0", "2500999999, 20, 40, 2500"})
    void whatIsWrittenIsReadToTheMillisecond(long nanos, long current, long previous, long millis) {
        PeerWriter out = new PeerWriter();
        PeerRate.write(out, new StickRate(nanos, current, previous));
        byte[] bytes = out.toBytes();
        assertEquals(
                new StickRate(millis * MILLI, current, previous),
                PeerRate.read(new PeerReader(bytes, 0, bytes.length), 10_000, 10_000 * MILLI));
    }
}

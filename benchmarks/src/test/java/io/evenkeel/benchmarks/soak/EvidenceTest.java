package io.evenkeel.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.evenkeel.benchmarks.soak.Result.End;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which ends are excused, and by what. */
class EvidenceTest {
    private static Evidence of(Manner manner, Door door, End end, String cause, boolean cut) {
        return new Evidence(
                new Visit(1, door, manner, 100, 50, 1),
                new Result(end, 10, "", 0, 0, ""),
                null,
                new SessionLine("", "", "s1", 0, cause),
                cut,
                false);
    }

    private static @Nullable String reason(
            Manner manner, Door door, End end, String cause, boolean cut) {
        Evidence evidence = of(manner, door, end, cause, cut);
        assertNull(evidence.wrong());
        return evidence.reason();
    }

    @Test
    void aResetIsExcusedByAServerThatWasTakenAwayAndByNothingElse() {
        assertEquals(
                "server was taken away or hung",
                reason(Manner.EXCHANGE, Door.PLAIN, End.RESET, "SD", true));
        assertNull(reason(Manner.EXCHANGE, Door.PLAIN, End.RESET, "SD", false));
    }

    @Test
    void anEarlyEndThatLooksRegularIsExcusedByATimeoutOnly() {
        assertNull(reason(Manner.EXCHANGE, Door.PLAIN, End.FINISHED, "SD", true));
        assertNull(reason(Manner.EXCHANGE, Door.PLAIN, End.FINISHED, "--", true));
        assertEquals(
                "server was taken away or hung",
                reason(Manner.EXCHANGE, Door.PLAIN, End.FINISHED, "sD", true));
    }

    @Test
    void aTimeoutIsExcusedForThoseWhoWaitForItAndBySlowServers() {
        assertEquals(
                "timeout, as it should",
                reason(Manner.STALL, Door.PLAIN, End.FINISHED, "cD", false));
        assertNull(reason(Manner.EXCHANGE, Door.PLAIN, End.FINISHED, "cD", false));
    }

    @Test
    void onlyTheQueueMayTurnClientsAwayWhileThereAreServers() {
        assertEquals(
                "queue was full or too slow",
                reason(Manner.EXCHANGE, Door.QUEUED, End.RESET, "sQ", false));
        assertNull(reason(Manner.EXCHANGE, Door.PLAIN, End.RESET, "sQ", false));
    }

    @Test
    void onlyTheExtraFrontendMayBeMissing() {
        assertEquals(
                "frontend is not there",
                reason(Manner.EXCHANGE, Door.EXTRA, End.REFUSED, "", false));
        assertNull(reason(Manner.EXCHANGE, Door.PLAIN, End.REFUSED, "", false));
    }

    @Test
    void nothingExcusesAWrongByteASilenceOrABugOfTheProxy() {
        assertEquals(
                "a wrong byte, ", of(Manner.EXCHANGE, Door.PLAIN, End.WRONG, "SD", true).wrong());
        assertEquals(
                "neither a byte nor an end in time",
                of(Manner.STALL, Door.PLAIN, End.STUCK, "cD", true).wrong());
        assertEquals(
                "the proxy ended it with ID",
                of(Manner.EXCHANGE, Door.PLAIN, End.RESET, "ID", true).wrong());
    }

    @Test
    void theLogOfTheLauncherIsUnderstood() {
        assertEquals(
                new SessionLine("plain", "/127.0.0.2:4711", "s3", 300, "--"),
                SessionLine.parse(
                        "2026-01-01T00:00:00.000Z DEBUG sessions - /127.0.0.2:4711 plain app/s3 0/1/20 100 200 -- 0"));
        assertNull(SessionLine.parse("2026-01-01T00:00:00.000Z INFO evenkeel - stopped"));
    }
}

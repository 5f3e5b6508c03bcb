package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What trackers do to the priority, number by number. */
class TrackerBoardTest {

    private static final long SECOND = 1_000_000_000L;

    private static VirtualRouterConfig config(Tracker... trackers) {
        return Packets.router().trackers(List.of(trackers)).build();
    }

    private static TrackerBoard board(Tracker... trackers) {
        return new TrackerBoard(config(trackers));
    }

    /** Priority 100; a tracker of that weight that says that number. */
    @ParameterizedTest(name = "weight {0} inverted {1} says {2}: priority {3}")
    @CsvSource({
        "2,    false, 10,   120, false",
        "2,    true,  10,   80,  false",
        "-1,   false, 10,   90,  false",
        "-1,   true,  10,   110, false",
        "1,    false, 200,  254, false",
        "1,    false, -99,  1,   false",
        "1,    false, -253, 1,   false",
        "1,    false, -254, 1,   true",
        "1,    true,  254,  1,   true",
        "254,  false, 2147483647, 254, false",
        "254,  false, -2147483648, 1, true",
    })
    void aNumberTimesTheWeightIsAddedAndTakesAllAtMinus254(
            int weight, boolean inverted, int says, int priority, boolean fault) {
        TrackerBoard board = board(new Tracker("t", weight, inverted, 0));
        assertTrue(board.reportValue("t", says, 0));
        assertEquals(priority, board.effectivePriority());
        assertEquals(fault, board.fault() != null);
    }

    @Test
    void aTrackerThatNobodyConfiguredSaysNothing() {
        TrackerBoard board = board(new Tracker("t", -2));
        assertFalse(board.report("other", false, 0));
        assertFalse(board.reportValue("other", 5, 0));
        assertEquals(100, board.effectivePriority());
    }

    @Test
    void theSameNumberAgainIsNothingNew() {
        TrackerBoard board = board(new Tracker("t", 2));
        assertTrue(board.reportValue("t", 5, 0));
        assertFalse(board.reportValue("t", 5, 0));
        assertTrue(board.reportValue("t", 6, 0));
        TrackerBoard fatal = board(Tracker.fatal("t"));
        assertTrue(fatal.reportValue("t", 0, 0));
        assertFalse(fatal.reportValue("t", 0, 0));
    }

    @Test
    void aFatalTrackerTakesAnyNumberButZeroForAFailure() {
        TrackerBoard board = board(Tracker.fatal("t"));
        assertEquals("the tracker t has not reported yet.", board.fault());
        assertTrue(board.reportValue("t", 0, 0));
        assertNull(board.fault());
        assertTrue(board.reportValue("t", 1, 0));
        assertEquals("the tracker t has failed.", board.fault());
    }

    @Test
    void theSameAgainIsNothingNewButCountsForTheDeadline() {
        TrackerBoard board = board(new Tracker("t", -2).withDeadline(Duration.ofSeconds(3)));
        assertTrue(board.report("t", true, 0));
        assertEquals(3 * SECOND, board.nextDeadlineNanos());
        assertFalse(board.report("t", true, SECOND));
        assertEquals(4 * SECOND, board.nextDeadlineNanos());
        assertNull(board.expire(4 * SECOND - 1));
        assertEquals("t", board.expire(4 * SECOND));
        assertEquals(98, board.effectivePriority());
        assertEquals(VirtualRouter.NO_DEADLINE, board.nextDeadlineNanos());
    }

    @Test
    void aDriverThatComesLateGivesHalfTheTimeAgainAndOnlyOnce() {
        TrackerBoard board = board(new Tracker("t", -2).withDeadline(Duration.ofSeconds(4)));
        board.report("t", true, 0);
        assertNull(board.expire(6 * SECOND + 1), "later than by half");
        assertEquals(8 * SECOND + 1, board.nextDeadlineNanos());
        assertEquals("t", board.expire(20 * SECOND));

        board.report("t", true, 20 * SECOND);
        assertEquals("t", board.expire(26 * SECOND), "late by half exactly is not late");
    }

    @Test
    void oneThatHasFailedAlreadyIsNotToldWhenItFallsSilent() {
        TrackerBoard board = board(new Tracker("t", -2).withDeadline(Duration.ofSeconds(4)));
        board.report("t", false, 0);
        assertNull(board.expire(4 * SECOND));
        assertEquals(98, board.effectivePriority());
        assertEquals(VirtualRouter.NO_DEADLINE, board.nextDeadlineNanos());
    }

    @Test
    void anotherDeadlineOrWeightKeepsWhatWasSaid() {
        Tracker tracker = new Tracker("t", -2).withDeadline(Duration.ofSeconds(4));
        TrackerBoard board = board(tracker);
        board.report("t", false, 0);
        Tracker hasty = new Tracker("t", -5).withDeadline(Duration.ofSeconds(2));
        TrackerBoard heavier = board.reconfigured(config(hasty), SECOND);
        assertEquals(95, heavier.effectivePriority());
        assertEquals(2 * SECOND, heavier.nextDeadlineNanos(), "from the report on");
        TrackerBoard patient = board.reconfigured(config(new Tracker("t", -5)), SECOND);
        assertEquals(95, patient.effectivePriority());
        assertEquals(VirtualRouter.NO_DEADLINE, patient.nextDeadlineNanos());
    }

    @Test
    void aNumberIsKeptUnderAnotherWeight() {
        TrackerBoard board = board(new Tracker("t", 2));
        board.reportValue("t", 10, 0);
        assertEquals(120, board.effectivePriority());
        TrackerBoard heavier = board.reconfigured(config(new Tracker("t", 3)), 0);
        assertEquals(130, heavier.effectivePriority());
        TrackerBoard dated =
                board.reconfigured(
                        config(new Tracker("t", 3).withDeadline(Duration.ofSeconds(4))), 0);
        assertEquals(130, dated.effectivePriority());
    }

    @Test
    void aReportThatIsTooOldForTheNewDeadlineIsAFailure() {
        TrackerBoard board = board(new Tracker("t", -2));
        board.report("t", true, 0);
        Tracker hasty = new Tracker("t", -2).withDeadline(Duration.ofSeconds(4));
        TrackerBoard dated = board.reconfigured(config(hasty), 4 * SECOND);
        assertEquals(98, dated.effectivePriority());
        assertEquals(VirtualRouter.NO_DEADLINE, dated.nextDeadlineNanos());
    }

    @Test
    void oneThatComesBackIsWhatItSaidWhileItWasAway() {
        TrackerBoard board = board(new Tracker("t", -2));
        board.report("t", false, 0);
        TrackerBoard without = board.reconfigured(config(), 0);
        assertEquals(100, without.effectivePriority());
        without.report("t", true, 0);
        assertEquals(
                100, without.reconfigured(config(new Tracker("t", -2)), 0).effectivePriority());
        without.report("t", false, 0);
        assertEquals(98, without.reconfigured(config(new Tracker("t", -2)), 0).effectivePriority());
    }

    @Test
    void anInvertedOneTakesWhatWasSaidTheOtherWayRound() {
        TrackerBoard board = board(new Tracker("t", -2), new Tracker("u", -3));
        board.report("t", false, 0);
        board.report("u", false, 0);
        assertEquals(95, board.effectivePriority());
        TrackerBoard other =
                board.reconfigured(config(new Tracker("u", -3), new Tracker("t", -2).invert()), 0);
        assertEquals(97, other.effectivePriority());
        other.report("t", true, 0);
        assertEquals(95, other.effectivePriority());
    }

    @Test
    void anOwnerKeepsItsPriorityWhateverTrackersSay() {
        VirtualRouterConfig owner =
                Packets.router().priority(255).trackers(List.of(new Tracker("t", -20))).build();
        TrackerBoard board = new TrackerBoard(owner);
        board.report("t", false, 0);
        assertEquals(255, board.effectivePriority());
    }
}

package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A sequence number counts once for each sender, of whom sixteen are remembered. */
class ReplayGuardTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long WALL = 1_800_000_000L * SECOND;
    private static final long NOW = SequenceClock.sequence(WALL);

    private final ReplayGuard guard = new ReplayGuard(5);

    private boolean takes(long high, long low, long sequence) {
        return guard.isFresh(high, low, sequence, WALL);
    }

    @Test
    void sendersThatTakeTurnsHaveNumbersOfTheirOwn() {
        assertTrue(takes(0, 1, NOW + 10));
        assertTrue(takes(0, 2, NOW + 5));
        assertTrue(takes(7, 1, NOW + 1));
        assertTrue(takes(7, 2, NOW + 1));
        assertFalse(takes(0, 1, NOW + 10));
        assertFalse(takes(0, 1, NOW + 9));
        assertFalse(takes(0, 2, NOW + 5));
        assertTrue(takes(0, 2, NOW + 6));
        assertFalse(takes(7, 1, NOW + 1));
        assertTrue(takes(7, 1, NOW + 2));
        assertTrue(takes(0, 1, NOW + 11));
    }

    @Test
    void aNumberThatWasDroppedIsNotRemembered() {
        assertTrue(takes(0, 1, NOW + 10));
        assertFalse(takes(0, 1, NOW + 3));
        assertFalse(takes(0, 1, NOW + 4));
        assertTrue(takes(0, 1, NOW + 11));
    }

    @Test
    void theSeventeenthTakesThePlaceOfTheOneThatWasSilentLongest() {
        for (int i = 0; i < 16; i++) {
            assertTrue(takes(0, i, NOW + 10));
        }
        assertFalse(takes(0, 0, NOW + 10), "sender 0 is heard again, so 1 is silent longest");
        assertTrue(takes(0, 99, NOW + 10));
        assertFalse(takes(0, 99, NOW + 10));
        assertFalse(takes(0, 0, NOW + 10));
        for (int i = 2; i < 16; i++) {
            assertFalse(takes(0, i, NOW + 10), "sender " + i);
        }
        assertTrue(takes(0, 1, NOW + 10), "forgotten");
    }

    @Test
    void aSenderStartsAnewWhenItsLastNumberIsOutsideOfTheWindow() {
        assertTrue(takes(0, 1, NOW));
        assertFalse(guard.isFresh(0, 1, NOW - 1, WALL + 5 * SECOND), "just within");
        assertTrue(guard.isFresh(0, 1, NOW - 1, WALL + 6 * SECOND));
        assertEquals(6, SequenceClock.secondsApart(NOW, WALL + 6 * SECOND));
    }
}

package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.VirtualRouter;
import org.junit.jupiter.api.Test;

/** How often the host is looked at while it changes. */
class LookPaceTest {
    private static final long MILLI = 1_000_000L;
    private static final long NOW = 1_000 * MILLI;

    private final LookPace pace = new LookPace(NOW);

    @Test
    void theHostIsLookedAtAtTheStartAndThenWhenItChanges() {
        assertEquals(NOW, pace.nextNanos());
        pace.looked(NOW, NOW + MILLI);
        assertEquals(VirtualRouter.NO_DEADLINE, pace.nextNanos());
    }

    @Test
    void aLookIsFollowedByAPauseThatIsNineTimesAsLong() {
        pace.looked(NOW, NOW + 2 * MILLI);
        pace.look();
        assertEquals(NOW + 20 * MILLI, pace.nextNanos());
    }

    @Test
    void thePauseIsHalfASecondAtMost() {
        pace.looked(NOW, NOW + 100 * MILLI);
        pace.look();
        assertEquals(NOW + 600 * MILLI, pace.nextNanos());
    }

    @Test
    void aLookThatFailedIsRepeatedSoon() {
        pace.failed(NOW);
        assertEquals(NOW + LookPace.RETRY_NANOS, pace.nextNanos());
    }

    @Test
    void whoCannotWaitDoesNot() {
        pace.looked(NOW, NOW + 100 * MILLI);
        pace.lookAtOnce(NOW + 100 * MILLI);
        assertEquals(NOW + 100 * MILLI, pace.nextNanos());
    }
}

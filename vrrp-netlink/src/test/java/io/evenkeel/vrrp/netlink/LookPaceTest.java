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
        assertEquals(NOW, next());
        pace.looked(10, NOW);
        assertEquals(VirtualRouter.NO_DEADLINE, next());
        pace.look();
        assertEquals(NOW + MILLI / 5, next());
    }

    @Test
    void thePauseGrowsWithWhatThereIsToSeeUpToHalfASecond() {
        pace.looked(5_000, NOW);
        pace.look();
        assertEquals(NOW + 100 * MILLI, next());
        pace.looked(1_000_000, NOW);
        pace.look();
        assertEquals(NOW + 500 * MILLI, next());
    }

    @Test
    void aLookThatFailedIsRepeatedSoonAndNotBefore() {
        pace.failed(NOW);
        assertEquals(NOW + LookPace.RETRY_NANOS, next());
        assertEquals(NOW + LookPace.RETRY_NANOS, pace.nextNanos(NOW - MILLI));
        pace.looked(0, NOW + LookPace.RETRY_NANOS);
        assertEquals(NOW + MILLI, pace.nextNanos(NOW + MILLI));
    }

    @Test
    void whoCannotWaitDoesNot() {
        pace.looked(5_000, NOW);
        pace.lookAtOnce(NOW);
        assertEquals(NOW, next());
    }

    private long next() {
        return pace.nextNanos(VirtualRouter.NO_DEADLINE);
    }
}

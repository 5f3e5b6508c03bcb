package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.VirtualRouter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a change of a link counts. */
class LinkStatesTest {
    private static final int UP = Netlink.IFF_UP | Netlink.IFF_RUNNING;
    private static final long SECOND = 1_000_000_000L;

    private final LinkStates states =
            new LinkStates(List.of(new InterfaceDelays("eth0", SECOND, 2 * SECOND)));

    @Test
    void withoutDelaysEveryChangeCountsAtOnce() {
        LinkStates immediate = new LinkStates(List.of());
        immediate.take(view(0), 0);
        assertFalse(immediate.isUp("eth0"));
        immediate.take(view(UP), 1);
        assertTrue(immediate.isUp("eth0"));
        immediate.take(view(0), 2);
        assertFalse(immediate.isUp("eth0"));
        assertEquals(VirtualRouter.NO_DEADLINE, immediate.nextNanos());
    }

    @Test
    void whatIsSeenFirstCountsAtOnce() {
        states.take(view(UP), 0);
        assertTrue(states.isUp("eth0"));
        assertEquals(VirtualRouter.NO_DEADLINE, states.nextNanos());
    }

    @Test
    void aChangeCountsWhenItHasLasted() {
        states.take(view(UP), 0);
        states.take(view(0), 10);
        assertTrue(states.isUp("eth0"));
        assertEquals(10 + SECOND, states.nextNanos());
        states.take(view(0), 10 + SECOND);
        assertFalse(states.isUp("eth0"));
        states.take(view(UP), 2 * SECOND);
        assertFalse(states.isUp("eth0"));
        assertEquals(4 * SECOND, states.nextNanos());
        states.take(view(UP), 4 * SECOND);
        assertTrue(states.isUp("eth0"));
        assertEquals(VirtualRouter.NO_DEADLINE, states.nextNanos());
    }

    @Test
    void aLinkThatFlapsIsWhatItWas() {
        states.take(view(UP), 0);
        for (int i = 1; i < 100; i++) {
            states.take(view(i % 2 == 0 ? UP : 0), i * SECOND / 2);
            assertTrue(states.isUp("eth0"));
        }
    }

    @Test
    void anInterfaceThatIsGoneIsDownAtOnce() {
        states.take(view(UP), 0);
        states.take(new HostView(List.of(), List.of()), 1);
        assertFalse(states.isUp("eth0"));
        assertEquals(VirtualRouter.NO_DEADLINE, states.nextNanos());
    }

    private static HostView view(int flags) {
        return new HostView(List.of(new Link(5, "eth0", flags, 1, 1500, false)), List.of());
    }
}

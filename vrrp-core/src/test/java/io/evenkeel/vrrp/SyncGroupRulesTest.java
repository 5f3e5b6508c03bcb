package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which routers may form a group, and that a member without an address to send from holds it back. */
class SyncGroupRulesTest {

    private static final SyncGroupConfig PAIR = new SyncGroupConfig("G", List.of("A", "B"));

    private static VirtualRouter router(String name, int vrid) {
        VirtualRouterConfig config =
                VirtualRouterConfig.builder(name)
                        .virtualRouterId(vrid)
                        .interfaceName("eth0")
                        .addresses(List.of(VirtualAddress.of(IpAddress.ofIpv4(0x0a090064 + vrid))))
                        .build();
        VirtualRouter router = new VirtualRouter(config, action -> {});
        router.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        return router;
    }

    private final VirtualRouter a = router("A", 1);
    private final VirtualRouter b = router("B", 2);
    private final VirtualRouter c = router("C", 3);

    private static void drive(List<VirtualRouter> routers, long until) {
        for (VirtualRouter router : routers) {
            while (router.nextDeadlineNanos() <= until) {
                router.handleDeadline(router.nextDeadlineNanos());
            }
        }
    }

    @Test
    void aMemberThatIsNotThereIsNamed() {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class, () -> SyncGroup.of(PAIR, List.of(a, c)));
        assertTrue(refused.getMessage().contains("names B"), refused.getMessage());
    }

    @Test
    void aRouterIsInOneGroupOnly() {
        assertEquals(PAIR, SyncGroup.of(PAIR, List.of(c, a, b)).config());
        SyncGroupConfig other = new SyncGroupConfig("H", List.of("B", "C"));
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> SyncGroup.of(other, List.of(a, b, c)));
        assertTrue(refused.getMessage().contains("another one already"), refused.getMessage());
    }

    @Test
    void aGroupIsMadeBeforeItsMembersStart() {
        b.startup(0);
        assertThrows(IllegalStateException.class, () -> SyncGroup.of(PAIR, List.of(a, b)));
    }

    @Test
    void aMemberThatCannotSendYetHoldsTheOthersBackAndLetsThemGoWhenItCan() {
        SyncGroup.of(PAIR, List.of(a, b));
        IpAddress local = IpAddress.parse("10.9.0.1");
        b.handleLocalAddress(local, false, 0);
        a.startup(0);
        b.startup(0);
        long later = 20_000_000_000L;
        drive(List.of(a, b), later);
        assertEquals(VrrpState.BACKUP, a.state());
        assertTrue(a.counters().promotionsHeldBack() > 0);

        b.handleLocalAddress(local, true, later);
        assertEquals(VrrpState.ACTIVE, a.state());
        assertEquals(VrrpState.ACTIVE, b.state());
    }

    @Test
    void aMemberThatBecomesTentativeWhileItWaitsHoldsTheOthersBackToo() {
        SyncGroup.of(PAIR, List.of(a, b));
        IpAddress local = IpAddress.parse("10.9.0.1");
        b.startup(0);
        long later = 20_000_000_000L;
        drive(List.of(b), later);
        b.handleLocalAddress(local, false, later);
        a.startup(later);
        drive(List.of(a), 2 * later);
        assertEquals(VrrpState.BACKUP, a.state());
        b.handleLocalAddress(local, true, 2 * later);
        assertEquals(VrrpState.ACTIVE, a.state());
        assertEquals(VrrpState.ACTIVE, b.state());
    }

    @Test
    void whatKeepsOneMemberInFaultKeepsTheOthersThereUntilItIsOver() {
        SyncGroup.of(PAIR, List.of(a, b));
        a.startup(0);
        b.startup(0);
        b.setMaintenance(true, 0);
        assertEquals(VrrpState.FAULT, a.state());
        assertEquals(VrrpState.FAULT, b.state());
        b.shutdown(1);
        assertEquals(VrrpState.BACKUP, a.state(), "a router that is stopped forbids nothing");
        b.startup(2);
        assertEquals(VrrpState.FAULT, a.state());
        b.setMaintenance(false, 3);
        assertEquals(VrrpState.BACKUP, a.state());
        assertEquals(VrrpState.BACKUP, b.state());
    }
}

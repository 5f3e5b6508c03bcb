package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.IpPrefix;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VirtualRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The routes and rules of one owner, on a kernel that compares them as Linux does. */
class RouteKeeperTest {
    static final VirtualRoute VIA_7 = via("198.51.100.0", 24, "10.9.0.7");
    static final VirtualRule RULE =
            VirtualRule.of(true, 100)
                    .from(IpPrefix.around(IpAddress.parse("192.0.2.0"), 24))
                    .table(100)
                    .build();
    private static final VirtualRoute VIA_8 = via("198.51.100.0", 24, "10.9.0.8");
    private static final VirtualRoute IPV6 = via("2001:db8:1::", 48, "fd09::7");
    private static final VirtualRoute FOREIGN_7 = foreign(VIA_7);
    private static final VirtualRoute FOREIGN_8 = foreign(VIA_8);

    private final FakeKernel kernel = new FakeKernel();
    private final NetlinkConnection netlink = new NetlinkConnection(kernel);
    private final SharedEntries shared = new SharedEntries();
    private final RouteKeeper keeper = keeper(netlink, shared);

    @Test
    void nothingIsThereBeforeItIsPutOnAndNothingIsLeftBehind() {
        keeper.change(List.of(VIA_7, IPV6), List.of(RULE));
        keeper.renew();
        assertEquals(List.of(), kernel.takeLog());
        keeper.putOn();
        keeper.takeOff();
        keeper.renew();
        assertEquals(
                List.of(
                        "add route 198.51.100.0/24 via 10.9.0.7",
                        "add route 2001:db8:1::/48 via fd09::7",
                        "add rule 100",
                        "remove rule 100",
                        "remove route 2001:db8:1::/48 via fd09::7",
                        "remove route 198.51.100.0/24 via 10.9.0.7"),
                kernel.takeLog());
        assertEquals(0, kernel.routes().size());
    }

    @Test
    void aChangeAddsAndRemovesTheDifferenceAlone() {
        VirtualRoute other = via("198.51.101.0", 24, "10.9.0.7");
        keeper.change(List.of(VIA_7), List.of(RULE));
        keeper.putOn();
        kernel.takeLog();
        keeper.change(List.of(other, VIA_7), List.of());
        assertEquals(
                List.of("remove rule 100", "add route 198.51.101.0/24 via 10.9.0.7"),
                kernel.takeLog());
        keeper.change(List.of(other, VIA_7), List.of());
        assertEquals(List.of(), kernel.takeLog());
    }

    @Test
    void aRouteThatGetsAnotherGatewayIsRemovedFirst() {
        keeper.change(List.of(VIA_7), List.of());
        keeper.putOn();
        keeper.change(List.of(VIA_8), List.of());
        assertEquals(List.of("198.51.100.0/24 via 10.9.0.8 proto 112"), kernel.routes().shown());
    }

    @Test
    void anIpv4RouteStandsBeforeTheHostsWhileItIsThere() {
        kernel.routes().put(FOREIGN_8);
        keeper.change(List.of(VIA_7), List.of());
        keeper.putOn();
        keeper.renew();
        assertEquals(
                List.of(
                        "198.51.100.0/24 via 10.9.0.7 proto 112",
                        "198.51.100.0/24 via 10.9.0.8 proto 4"),
                kernel.routes().shown());
        keeper.takeOff();
        assertEquals(List.of("198.51.100.0/24 via 10.9.0.8 proto 4"), kernel.routes().shown());
    }

    @Test
    void theSameRouteOfSomebodyElseIsLeftAloneUntilItIsGone() {
        kernel.routes().put(FOREIGN_7);
        keeper.change(List.of(VIA_7), List.of());
        keeper.putOn();
        keeper.renew();
        keeper.takeOff();
        assertEquals(List.of("198.51.100.0/24 via 10.9.0.7 proto 4"), kernel.routes().shown());
        keeper.putOn();
        kernel.routes().clear();
        keeper.renew();
        assertEquals(List.of("198.51.100.0/24 via 10.9.0.7 proto 112"), kernel.routes().shown());
    }

    @Test
    void anIpv6RouteDoesNotShareThePacketsOfAnother() {
        VirtualRoute hosts = foreign(via("2001:db8:1::", 48, "fd09::8"));
        kernel.routes().put(hosts);
        keeper.change(List.of(IPV6), List.of());
        keeper.putOn();
        keeper.renew();
        keeper.takeOff();
        assertEquals(List.of("2001:db8:1::/48 via fd09::8 proto 4"), kernel.routes().shown());
    }

    @Test
    void aRouteOfOursThatIsThereAlreadyIsTakenOver() {
        kernel.routes().put(VIA_7);
        keeper.change(List.of(VIA_7), List.of());
        keeper.putOn();
        keeper.takeOff();
        assertEquals(0, kernel.routes().size());
    }

    @Test
    void aRefusedRouteIsTriedAgain() {
        kernel.routes().refuse(Errno.ENETUNREACH);
        keeper.change(List.of(VIA_7), List.of(RULE));
        keeper.putOn();
        keeper.renew();
        assertEquals(0, kernel.routes().size());
        kernel.routes().refuse(0);
        keeper.renew();
        assertEquals(2, kernel.routes().size());
    }

    @Test
    void aRouteThatWasNeverAddedIsNotRemovedThoughTheHostGotOneLikeIt() {
        kernel.routes().refuse(Errno.ENETUNREACH);
        keeper.change(List.of(FOREIGN_7), List.of());
        keeper.putOn();
        kernel.routes().refuse(0);
        kernel.routes().put(FOREIGN_7);
        keeper.takeOff();
        assertEquals(List.of("198.51.100.0/24 via 10.9.0.7 proto 4"), kernel.routes().shown());
    }

    @Test
    void whatTwoRoutersHoldStaysUntilTheSecondLetsItGo() {
        RouteKeeper second = keeper(netlink, shared);
        for (RouteKeeper each : List.of(keeper, second)) {
            each.change(List.of(VIA_7), List.of(RULE));
            each.putOn();
        }
        keeper.takeOff();
        assertEquals(2, kernel.routes().size());
        second.takeOff();
        assertEquals(0, kernel.routes().size());
    }

    @Test
    void aloneOnTheHostEverythingWithOurNumberIsLeftBehind() {
        kernel.routes().put(VIA_7);
        kernel.routes().put(IPV6);
        kernel.routes().put(foreign(via("203.0.113.0", 24, "10.9.0.8")));
        kernel.routes().put(RULE);
        new Leftovers(netlink, List.of(), true).remove();
        assertEquals(List.of("203.0.113.0/24 via 10.9.0.8 proto 4"), kernel.routes().shown());
        assertEquals(1, kernel.routes().size());
    }

    @Test
    void besideAnotherVrrpProgramOnlyWhatTheseRoutersHaveIsLeftBehind() {
        kernel.routes().put(VIA_8);
        kernel.routes().put(IPV6);
        kernel.routes().put(RULE);
        VirtualRouterConfig router =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .addresses(List.of(FakeKernel.virtual("10.9.0.100")))
                        .host(HostSettings.NONE.withRoutes(List.of(VIA_7)).withRules(List.of(RULE)))
                        .build();
        new Leftovers(netlink, List.of(router), false).remove();
        assertEquals(List.of("2001:db8:1::/48 via fd09::7 proto 112"), kernel.routes().shown());
        assertEquals(1, kernel.routes().size());
    }

    @Test
    void aRawSocketOfVrrpIsKnownByItsRow() {
        String head = "  sl  local_address rem_address   st tx_queue rx_queue tr";
        String icmp = "    1: 00000000:0001 00000000:0000 07 00000000:00000000 00:00000000";
        String vrrp = "  112: 00000000:0070 00000000:0000 07 00000000:00000000 00:00000000";
        String vrrp6 = "  112: 00000000000000000000000000000000:0070 00000000:0000 07 00000000";
        assertEquals(false, VrrpSpeakers.isAnyIn(List.of(head, icmp)));
        assertEquals(true, VrrpSpeakers.isAnyIn(List.of(head, icmp, vrrp)));
        assertEquals(true, VrrpSpeakers.isAnyIn(List.of(head, vrrp6)));
    }

    static RouteKeeper keeper(NetlinkConnection netlink, SharedEntries shared) {
        return new RouteKeeper(
                "Virtual router VI_1",
                new RouteKeeper.Maker() {
                    @Override
                    public HostEntry route(VirtualRoute route) {
                        return new RouteEntry(route, null, netlink);
                    }

                    @Override
                    public HostEntry rule(VirtualRule rule) {
                        return new RuleEntry(rule, netlink);
                    }
                },
                shared,
                Runnable::run);
    }

    private static VirtualRoute via(String destination, int length, String gateway) {
        return VirtualRoute.to(new IpPrefix(IpAddress.parse(destination), length))
                .via(IpAddress.parse(gateway))
                .build();
    }

    private static VirtualRoute foreign(VirtualRoute route) {
        return VirtualRoute.to(route.destination()).via(route.gateway()).protocol(4).build();
    }
}

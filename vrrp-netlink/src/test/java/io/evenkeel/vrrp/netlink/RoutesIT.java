package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.IpPrefix;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VirtualRule;
import io.evenkeel.vrrp.VrrpState;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes and rules that move with the addresses, on real routing tables. */
@RootTest
class RoutesIT {
    private static final String VIP = "10.9.0.100";
    private static final String VIP_6 = "fd09::100";
    private static final String NOTHING = "";

    private static final VirtualRoute FROM_VIP =
            to("198.51.100.0/24").via(ip("10.9.0.3")).device("eth0").source(ip(VIP)).build();
    private static final VirtualRoute FROM_VIP_6 =
            to("2001:db8:1::/48").via(ip("fd09::3")).device("eth0").source(ip(VIP_6)).build();
    private static final VirtualRoute DEFAULT_OF_100 =
            to("0.0.0.0/0").via(ip("10.9.0.3")).table(100).build();
    private static final VirtualRoute BLACKHOLE =
            to("198.51.101.0/24").type(VirtualRoute.Type.BLACKHOLE).build();
    private static final VirtualRoute PROHIBIT_6 =
            to("2001:db8:2::/48").type(VirtualRoute.Type.PROHIBIT).table(1000).metric(5).build();
    private static final VirtualRule RULE =
            VirtualRule.of(true, 100).from(prefix("192.0.2.0/24")).table(100).build();
    private static final VirtualRule RULE_6 =
            VirtualRule.of(false, 101).mark(16, -1).inputInterface("eth0").table(1000).build();

    private static final List<VirtualRoute> ROUTES =
            List.of(FROM_VIP, FROM_VIP_6, DEFAULT_OF_100, BLACKHOLE, PROHIBIT_6);
    private static final List<VirtualRule> RULES = List.of(RULE, RULE_6);

    private final List<VrrpService> services = new ArrayList<>();
    private Lan lan;

    @BeforeEach
    void open() throws Exception {
        lan = new Lan(3);
    }

    @AfterEach
    void close() throws Exception {
        services.forEach(VrrpService::close);
        lan.close();
    }

    @Test
    void routesAndRulesAreOnTheActiveAloneAndNoneIsLeft() throws Exception {
        VrrpService high = start(1, config(100).host(settings(ROUTES, RULES)).build());
        VrrpService low = start(2, config(90).host(settings(ROUTES, RULES)).build());
        awaitOurs(
                1,
                "198.51.100.0/24 via 10.9.0.3 dev eth0 proto 112 src 10.9.0.100",
                "default via 10.9.0.3 dev eth0 table 100 proto 112",
                "blackhole 198.51.101.0/24 proto 112",
                "2001:db8:1::/48 via fd09::3 dev eth0 proto 112 src fd09::100 metric 1024",
                "prohibit 2001:db8:2::/48 dev lo table 1000 proto 112 metric 5",
                "100: from 192.0.2.0/24 lookup 100 proto 112",
                "101: from all fwmark 0x10 iif eth0 lookup 1000 proto 112");
        String onHigh = ours(1);
        // It may have been Active for a moment, if the other one was held up.
        awaitNothing(2);
        awaitState(low, VrrpState.BACKUP);
        high.close();
        assertEquals(NOTHING, ours(1));
        Conditions.await("the same on host 2", () -> ours(2).equals(onHigh));
        low.close();
        assertEquals(NOTHING, ours(2));
    }

    @Test
    void aFailoverTakesThemAlong() throws Exception {
        VrrpService high = start(1, config(100).host(settings(ROUTES, RULES)).build());
        start(2, config(90).host(settings(ROUTES, RULES)).build());
        int number = ROUTES.size() + RULES.size();
        Conditions.await("all on host 1", () -> ours(1).lines().count() == number);
        String all = ours(1);
        lan.cut(1);
        awaitState(high, VrrpState.FAULT);
        awaitNothing(1);
        Conditions.await("the same on host 2", () -> ours(2).equals(all));
        lan.mend(1);
        Conditions.await("all back", () -> ours(1).equals(all) && ours(2).isEmpty());
    }

    @Test
    void packetsThroughARouteWithTheVirtualAddressAsSourceCarryIt() throws Exception {
        lan.host(3).ip("addr add 198.51.100.1/32 dev lo");
        lan.host(3).ip("-6 addr add 2001:db8:1::1/128 dev lo");
        start(1, config(100).host(settings(ROUTES, RULES)).build());
        awaitOurs(1, "198.51.100.0/24", "2001:db8:1::/48");
        assertEquals(VIP, sourceOf(InetAddress.getByName("198.51.100.1")));
        assertEquals(
                InetAddress.getByName(VIP_6).getHostAddress(),
                sourceOf(InetAddress.getByName("2001:db8:1::1")));
    }

    @Test
    void whatACrashLeftBehindIsRemovedAtTheStart() throws Exception {
        Namespace host = lan.host(1);
        host.ip("route add 198.51.100.0/24 via 10.9.0.2 proto 112");
        host.ip("route add blackhole 203.0.113.0/24 table 77 proto 112");
        host.ip("-6 route add 2001:db8:9::/48 via fd09::2 proto 112");
        host.ip("rule add from 203.0.113.0/24 table 77 priority 7 protocol 112");
        host.ip("-6 rule add to 2001:db8:9::/48 table 77 priority 7 protocol 112");
        host.ip("route add 203.0.113.0/24 via 10.9.0.2 proto static");
        host.ip("rule add from 203.0.113.0/24 table 78 priority 8 protocol static");
        start(1, config(100).startDelay(Duration.ofHours(1)).host(settings(ROUTES, RULES)).build());
        assertEquals(NOTHING, ours(1));
        assertTrue(host.ip("route").contains("203.0.113.0/24 via 10.9.0.2 dev eth0 proto static"));
        assertTrue(host.ip("rule").contains("from 203.0.113.0/24 lookup 78 proto static"));
    }

    @Test
    void anotherServiceOnTheHostKeepsItsRoutes() throws Exception {
        VirtualRoute other = to("203.0.113.0/24").via(ip("10.9.0.2")).build();
        start(
                1,
                config(100)
                        .virtualRouterId(52)
                        .addresses(List.of(VirtualAddress.of(ip("10.9.0.101"))))
                        .excludedAddresses(List.of())
                        .host(settings(List.of(other), List.of()))
                        .build());
        awaitOurs(1, "203.0.113.0/24");
        start(1, config(100).host(settings(ROUTES, RULES)).build());
        assertTrue(ours(1).contains("203.0.113.0/24"), ours(1));
    }

    @Test
    void whatIsMissingIsPutBack() throws Exception {
        Lan second = lan.second();
        VirtualRoute onSecond = to("203.0.113.0/24").via(ip("10.10.0.2")).device("eth1").build();
        start(1, config(100).host(settings(List.of(FROM_VIP, onSecond), RULES)).build());
        awaitOurs(1, "203.0.113.0/24", "198.51.100.0/24", "100: ", "101: ");
        String all = ours(1);
        Namespace host = lan.host(1);
        host.ip("link set eth1 down");
        host.ip("route del 198.51.100.0/24");
        host.ip("rule del priority 100");
        awaitOurs(1, "198.51.100.0/24", "100: ");
        assertFalse(ours(1).contains("203.0.113.0/24"));
        host.ip("link set eth1 up");
        Conditions.await("everything back", () -> ours(1).equals(all));
        // The kernel removes a route with its source.
        host.ip("addr del 10.9.0.100/32 dev eth0");
        Conditions.await("everything back", () -> ours(1).equals(all));
        second.close();
    }

    @Test
    void aRouteThatTheHostCannotHaveYetIsAddedOnceItCan() throws Exception {
        VirtualRoute later = to("203.0.113.0/24").via(ip("10.77.0.2")).device("eth0").build();
        VrrpService service =
                start(1, config(100).host(settings(List.of(later, FROM_VIP), RULES)).build());
        awaitOurs(1, "198.51.100.0/24", "100: ");
        awaitState(service, VrrpState.ACTIVE);
        assertFalse(ours(1).contains("203.0.113.0/24"));
        lan.host(1).ip("addr add 10.77.0.1/24 dev eth0");
        awaitOurs(1, "203.0.113.0/24 via 10.77.0.2");
    }

    @Test
    void theRoutesOfTheHostStayTheHosts() throws Exception {
        Namespace host = lan.host(1);
        host.ip("route add 198.51.100.0/24 via 10.9.0.2 proto static");
        host.ip("route add 198.51.101.0/24 via 10.9.0.2 proto static");
        host.ip("-6 route add 2001:db8:1::/48 via fd09::2 proto static");
        host.ip("rule add from 192.0.2.0/24 table 100 priority 100 protocol static");
        VirtualRoute same = to("198.51.101.0/24").via(ip("10.9.0.2")).build();
        VrrpService service =
                start(
                        1,
                        config(100)
                                .host(settings(List.of(same, FROM_VIP, FROM_VIP_6), RULES))
                                .build());
        awaitOurs(1, "198.51.100.0/24", "100: ");
        assertTrue(host.ip("route get 198.51.100.1").contains("via 10.9.0.3"));
        assertFalse(ours(1).contains("198.51.101.0/24"), ours(1));
        assertFalse(ours(1).contains("2001:db8:1::/48"), ours(1));
        service.close();
        assertEquals(NOTHING, ours(1));
        assertTrue(host.ip("route get 198.51.100.1").contains("via 10.9.0.2"));
        assertTrue(host.ip("route get 198.51.101.1").contains("via 10.9.0.2"));
        assertTrue(host.ip("-6 route").contains("2001:db8:1::/48 via fd09::2"));
        assertTrue(host.ip("rule").contains("from 192.0.2.0/24 lookup 100 proto static"));
    }

    @Test
    void aReconfigurationChangesWhatIsDifferent() throws Exception {
        VrrpService service =
                start(1, config(100).host(settings(List.of(FROM_VIP, BLACKHOLE), RULES)).build());
        awaitOurs(1, "198.51.100.0/24", "101: ");
        VirtualRoute moved = to("198.51.100.0/24").via(ip("10.9.0.2")).source(ip(VIP)).build();
        service.reconfigure(
                List.of(config(100).host(settings(List.of(moved), List.of(RULE_6))).build()));
        awaitOurs(1, "198.51.100.0/24 via 10.9.0.2", "101: ");
        Conditions.await("nothing else", () -> ours(1).lines().count() == 2);
        VrrpStartException refused =
                assertThrows(
                        VrrpStartException.class,
                        () ->
                                service.reconfigure(
                                        List.of(
                                                config(100)
                                                        .host(
                                                                settings(
                                                                        List.of(
                                                                                to("203.0.113.0/24")
                                                                                        .device(
                                                                                                "eth7")
                                                                                        .build()),
                                                                        List.of()))
                                                        .build())));
        String message = String.valueOf(refused.getMessage());
        assertTrue(
                message.contains("the interface eth7 of its route 203.0.113.0/24 dev eth7"),
                message);
        assertEquals(2, ours(1).lines().count(), ours(1));
    }

    @Test
    void staticRoutesAndRulesAreThereAsLongAsTheService() throws Exception {
        VirtualRoute route = to("203.0.113.0/24").via(ip("10.77.0.2")).device("eth0").build();
        VirtualRoute nowhere = to("203.0.114.0/24").device("eth7").build();
        VirtualAddress address = new VirtualAddress(ip("10.77.0.1"), 24, "eth0", null, null);
        VrrpService service =
                VrrpService.builder()
                        .router(config(100).startDelay(Duration.ofHours(1)).build())
                        .staticAddresses(List.of(address))
                        .staticRoutes(List.of(route, nowhere))
                        .staticRules(List.of(RULE))
                        .build();
        start(1, service);
        awaitOurs(1, "203.0.113.0/24 via 10.77.0.2 dev eth0", "100: from 192.0.2.0/24");
        lan.host(1).ip("link set eth0 down");
        Conditions.await("the route gone", () -> !ours(1).contains("203.0.113.0/24"));
        lan.host(1).ip("link set eth0 up");
        awaitOurs(1, "203.0.113.0/24 via 10.77.0.2 dev eth0");
        service.close();
        assertEquals(NOTHING, ours(1));
    }

    /** The address that host 3 sees when host 1 connects to one of its addresses. */
    private String sourceOf(InetAddress target) throws Exception {
        try (ServerSocket server = lan.host(3).call(() -> new ServerSocket(0, 5, target));
                Socket client = lan.host(1).call(() -> new Socket(target, server.getLocalPort()));
                Socket accepted = server.accept()) {
            assertTrue(client.isConnected());
            return accepted.getInetAddress().getHostAddress();
        }
    }

    private void awaitNothing(int number) throws Exception {
        Conditions.await("nothing on host " + number, () -> ours(number).isEmpty());
    }

    private void awaitOurs(int number, String... parts) throws Exception {
        for (String part : parts) {
            Conditions.await(
                    part + " on host " + number + ", which has\n" + ours(number),
                    () -> ours(number).contains(part));
        }
    }

    /** The routes and rules of the host that have our number, as {@code ip} shows them. */
    private String ours(int number) throws Exception {
        Namespace host = lan.host(number);
        StringBuilder lines = new StringBuilder();
        for (String command :
                List.of("route show table all", "-6 route show table all", "rule", "-6 rule")) {
            host.ip(command)
                    .lines()
                    .filter(line -> line.contains("proto 112"))
                    .filter(line -> !command.startsWith("route") || !line.contains("::"))
                    .map(line -> line.replaceAll("\\s+", " ").strip())
                    .distinct()
                    .forEach(line -> lines.append(line).append('\n'));
        }
        return lines.toString();
    }

    private VrrpService start(int host, VirtualRouterConfig config) throws Exception {
        return start(host, VrrpService.builder().router(config).build());
    }

    private VrrpService start(int host, VrrpService service) throws Exception {
        services.add(service);
        lan.host(host)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
        return service;
    }

    private static void awaitState(VrrpService service, VrrpState state) throws Exception {
        Conditions.await(
                state.toString(), () -> service.snapshot().routers().get(0).state() == state);
    }

    private static VirtualRouterConfig.Builder config(int priority) {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .priority(priority)
                .advertisementInterval(Duration.ofMillis(100))
                .addresses(List.of(VirtualAddress.of(ip(VIP))))
                .excludedAddresses(List.of(VirtualAddress.of(ip(VIP_6), 64)));
    }

    private static HostSettings settings(List<VirtualRoute> routes, List<VirtualRule> rules) {
        return HostSettings.NONE.withRoutes(routes).withRules(rules);
    }

    private static VirtualRoute.Builder to(String destination) {
        return VirtualRoute.to(prefix(destination));
    }

    private static IpPrefix prefix(String text) {
        String[] parts = text.split("/");
        return new IpPrefix(ip(parts[0]), Integer.parseInt(parts[1]));
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }
}

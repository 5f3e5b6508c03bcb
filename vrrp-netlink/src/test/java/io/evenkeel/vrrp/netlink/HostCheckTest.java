package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.IpPrefix;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
    private final FakeKernel kernel = new FakeKernel();

    @Test
    void aMissingCapabilityIsNamed() {
        String message = refusal(-Errno.EPERM, 0);
        assertTrue(message.contains("CAP_NET_RAW"), message);
        assertFalse(message.contains("CAP_NET_ADMIN"), message);
        message = refusal(3, Errno.EPERM);
        assertTrue(message.contains("CAP_NET_ADMIN"), message);
        assertFalse(message.contains("CAP_NET_RAW"), message);
        message = refusal(-Errno.EPERM, Errno.EPERM);
        assertTrue(message.contains("CAP_NET_RAW"), message);
        assertTrue(message.contains("CAP_NET_ADMIN"), message);
    }

    @Test
    void withTheCapabilitiesNothingIsRefusedAndNothingChanged() throws Exception {
        kernel.put("10.9.0.1", 0, Netlink.FOREVER);
        requireCapabilities(3);
        assertEquals(1, kernel.addresses().size());
    }

    @ParameterizedTest(name = "{0} on {1} from {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "10.9.0.100, eth0, -, -",
                "fe80::100, eth0, -, -",
                "10.9.0.100, eth1, -, eth1 has no IPv4 address to send from",
                // The kernel makes the link-local address when there is a carrier.
                "fe80::100, eth1, -, -",
                "fe80::100, eth2, -, eth2 has no link-local IPv6 address to send from",
                "10.9.0.100, eth2, 10.9.0.1, -",
                "10.9.0.100, eth0, 10.9.0.9, its source address 10.9.0.9 is no address of this host",
                "10.9.0.2, eth0, -, '10.9.0.2 is an address of this host already, on eth0'",
                "fd09::2, eth0, -, 'fd09::2 is an address of this host already, on eth0'",
                // Left behind by a process of ours.
                "10.9.0.3, eth0, -, -",
                "10.9.0.100, eth9, -, 'eth9 does not exist in this network namespace, which has eth0, eth1, eth2'",
            })
    void theFirstThingThatTheHostDoesNotAllowIsNamed(
            String virtual, String device, @Nullable String source, @Nullable String reason)
            throws Exception {
        int up = Netlink.IFF_UP | Netlink.IFF_RUNNING;
        HostView view =
                new HostView(
                        List.of(
                                new Link(5, "eth0", up, 1, 1500, false),
                                new Link(6, "eth1", Netlink.IFF_UP, 2, 1500, false),
                                new Link(7, "eth2", up, 3, 1500, false)),
                        List.of(
                                address("10.9.0.1", 0),
                                address("10.9.0.2", 0),
                                address("10.9.0.3", Netlink.EVENKEEL_ORIGIN),
                                address("fe80::1", 0),
                                address("fd09::2", 0)));
        VirtualRouterConfig router =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(51)
                        .interfaceName(device)
                        .linkLocalFirst(false)
                        .sourceAddress(source == null ? null : IpAddress.parse(source))
                        .addresses(List.of(FakeKernel.virtual(virtual)))
                        .build();
        HostCheck check = new HostCheck(view);
        if (reason == null) {
            check.require(List.of(router));
            return;
        }
        VrrpStartException refused =
                assertThrows(VrrpStartException.class, () -> check.require(List.of(router)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("Virtual router VI_1 cannot start because "), message);
        assertTrue(message.contains(reason), message);
    }

    @Test
    void aStaticAddressThatIsToComeIsOneToSendFrom() throws Exception {
        VirtualRouterConfig router =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .addresses(List.of(FakeKernel.virtual("10.9.0.100")))
                        .build();
        HostView bare = new HostView(List.of(new Link(5, "eth0", 0, 1, 1500, false)), List.of());
        assertThrows(VrrpStartException.class, () -> new HostCheck(bare).require(List.of(router)));
        HostView with = bare.with(List.of(FakeKernel.virtual("10.9.0.1").withDevice("eth0")));
        new HostCheck(with).require(List.of(router));
    }

    @ParameterizedTest(name = "origins kept: {0}")
    @ValueSource(booleans = {true, false})
    void whatACrashLeftBehindIsSweptAndNothingElse(boolean keepsOrigins) {
        // Case 104; a kernel before 5.18 keeps no origins, but lifetimes.
        if (!keepsOrigins) {
            kernel.forgetOrigins();
        }
        int origin = keepsOrigins ? Netlink.EVENKEEL_ORIGIN : 0;
        kernel.put("10.9.0.100", origin, 2);
        kernel.put("10.9.0.101", 0, Netlink.FOREVER);
        kernel.put("10.9.0.102", origin, 2);
        VirtualRouterConfig router =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .addresses(
                                List.of(
                                        FakeKernel.virtual("10.9.0.100"),
                                        FakeKernel.virtual("10.9.0.101")))
                        .build();
        NetlinkConnection netlink = new NetlinkConnection(kernel);
        new HostCheck(HostView.of(netlink)).sweep(List.of(router), netlink);
        assertEquals(
                List.of("10.9.0.101", "10.9.0.102"),
                kernel.addresses().stream().map(a -> a.local().toString()).toList());
    }

    @Test
    void aRouteOnAnInterfaceThatDoesNotExistIsNamed() {
        VirtualRoute route =
                VirtualRoute.to(IpPrefix.of(IpAddress.parse("198.51.100.7")))
                        .device("eth9")
                        .build();
        VirtualRouterConfig router =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .addresses(List.of(FakeKernel.virtual("10.9.0.100")))
                        .host(HostSettings.NONE.withRoutes(List.of(route)))
                        .build();
        HostView view =
                new HostView(
                        List.of(new Link(5, "eth0", 0, 1, 1500, false)),
                        List.of(address("10.9.0.1", 0)));
        VrrpStartException refused =
                assertThrows(
                        VrrpStartException.class,
                        () -> new HostCheck(view).require(List.of(router)));
        assertEquals(
                "Virtual router VI_1 cannot start because the interface eth9 of its route 198.51.100.7 dev eth9 does not exist in this"
                        + " network namespace, which has eth0: correct the configuration or create the interface.",
                refused.getMessage());
    }

    private static InterfaceAddress address(String text, int origin) {
        return new InterfaceAddress(
                5, IpAddress.parse(text), 64, 0, 0, null, origin, Netlink.FOREVER);
    }

    private String refusal(int socketResult, int netlinkErrno) {
        kernel.refuse(netlinkErrno);
        return String.valueOf(
                assertThrows(VrrpStartException.class, () -> requireCapabilities(socketResult))
                        .getMessage());
    }

    private void requireCapabilities(int socketResult) throws VrrpStartException {
        Libc libc =
                (Libc)
                        Proxy.newProxyInstance(
                                Libc.class.getClassLoader(),
                                new Class<?>[] {Libc.class},
                                (proxy, method, arguments) ->
                                        method.getName().equals("socket") ? socketResult : 0);
        HostCheck.requireCapabilities(libc, new NetlinkConnection(kernel));
    }
}

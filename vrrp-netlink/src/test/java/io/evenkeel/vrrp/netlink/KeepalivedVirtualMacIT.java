package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import io.evenkeel.vrrp.VrrpVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Virtual MAC addresses with the keepalived of the distribution: Evenkeel is host 1, keepalived host 2, and host 3 knows both. */
@RootTest(programs = Keepalived.PROGRAM)
class KeepalivedVirtualMacIT {
    @TempDir private Path directory;
    private VirtualMacLan net;
    private @Nullable Keepalived keepalived;

    /** How the two are set. */
    enum Way {
        IPV4_V3(3, false, false, "10.9.0.100"),
        IPV4_V2(2, false, false, "10.9.0.100"),
        IPV4_EVENKEEL_FROM_PARENT(3, true, false, "10.9.0.100"),
        IPV4_BOTH_FROM_PARENT(3, true, true, "10.9.0.100"),
        IPV6(3, false, false, "fe80::100", "fd09::100"),
        IPV6_BOTH_FROM_PARENT(3, true, true, "fe80::100", "fd09::100");

        final int version;
        final boolean evenkeelFromParent;
        final boolean keepalivedFromParent;
        final List<String> addresses;

        Way(
                int version,
                boolean evenkeelFromParent,
                boolean keepalivedFromParent,
                String... addresses) {
            this.version = version;
            this.evenkeelFromParent = evenkeelFromParent;
            this.keepalivedFromParent = keepalivedFromParent;
            this.addresses = List.of(addresses);
        }

        private boolean isIpv4() {
            return !addresses.get(0).contains(":");
        }

        String mac() {
            return isIpv4() ? VirtualMacLan.MAC : VirtualMacLan.MAC_6;
        }

        String interfaceName() {
            return "vrrp.51";
        }

        String keepalived(int priority) {
            String rest =
                    "use_vmac\n"
                            + (keepalivedFromParent ? "vmac_xmit_base\n" : "")
                            + "virtual_ipaddress {\n"
                            // With /128 keepalived's interface has no route to link-local hosts.
                            + String.join("\n", addresses).replace("fe80::100", "fe80::100/64")
                            + "\n}";
            String interval = version == 2 ? "1" : "0.1";
            return Keepalived.instance("VI_1", "eth0", 51, priority, interval, rest);
        }

        VirtualRouterConfig evenkeel(int priority) {
            VirtualMac mac = VirtualMac.on(interfaceName());
            return VirtualMacLan.router(priority, addresses.toArray(String[]::new))
                    .version(version == 2 ? VrrpVersion.V2 : VrrpVersion.V3)
                    .advertisementInterval(Duration.ofMillis(version == 2 ? 1_000 : 100))
                    .host(
                            HostSettings.NONE.withVirtualMac(
                                    evenkeelFromParent ? mac.sendingFromParent() : mac))
                    .build();
        }
    }

    @BeforeEach
    void open() throws Exception {
        net = new VirtualMacLan();
        // keepalived leaves it at 0, and while it is Active neighbours learn the MAC address of
        // eth0.
        net.lan.host(2).run("sysctl -q -w net.ipv4.conf.eth0.arp_announce=2");
    }

    @AfterEach
    void close() throws Exception {
        if (keepalived != null) {
            keepalived.close();
        }
        net.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Way.class)
    void theAddressesGoFromOneToTheOtherAndBackAndKeepTheirMac(Way way) throws Exception {
        keepalived = new Keepalived(net.lan.host(2), directory, way.version, way.keepalived(90));
        awaitOwner(2, way);
        VrrpService high = net.start(1, way.evenkeel(100));
        awaitOwner(1, way);
        VirtualMacLan.awaitState(high, VrrpState.ACTIVE);
        high.close();
        awaitOwner(2, way);
        VrrpService low = net.start(1, way.evenkeel(80));
        Conditions.await(
                "keepalived to be heard",
                () -> router(low).counters().advertisementsReceived() > 0);
        VirtualMacLan.awaitState(low, VrrpState.BACKUP);
        assertEquals(90, router(low).peers().get(0).priority());
        keepalived.close();
        awaitOwner(1, way);
        assertEquals(0, router(low).sendFailures());
    }

    private void awaitOwner(int host, Way way) throws Exception {
        for (String address : way.addresses) {
            net.awaitOwner(host, address, way.interfaceName());
            String known = net.knownMac(address);
            assertEquals(known.isEmpty() ? "" : way.mac(), known);
            net.awaitReachable(address);
            assertEquals(way.mac(), net.knownMac(address));
        }
    }

    private static RouterSnapshot router(VrrpService service) {
        return service.snapshot().routers().get(0);
    }
}

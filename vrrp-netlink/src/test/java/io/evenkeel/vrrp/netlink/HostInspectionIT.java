package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import io.evenkeel.vrrp.netlink.HostFinding.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An inspection of a host on a LAN where keepalived speaks. */
@RootTest(programs = Keepalived.PROGRAM)
class HostInspectionIT {
    private static final Duration LISTENING = Duration.ofMillis(3_500);

    @TempDir static Path folder;

    private static Lan lan;
    private static Keepalived keepalived;

    /** One for all: an inspection changes nothing. */
    @BeforeAll
    static void startKeepalived() throws Exception {
        lan = new Lan(2);
        keepalived =
                new Keepalived(
                        lan.host(2),
                        folder,
                        3,
                        Keepalived.instance(
                                        "A",
                                        "eth0",
                                        51,
                                        200,
                                        "0.5",
                                        "virtual_ipaddress {\n10.9.0.100\n}")
                                + Keepalived.instance(
                                        "B",
                                        "eth0",
                                        77,
                                        200,
                                        "1",
                                        "virtual_ipaddress {\n10.9.0.177\n}"));
        lan.awaitAddress(2, "10.9.0.100", true);
        lan.awaitAddress(2, "10.9.0.177", true);
    }

    @AfterAll
    static void stop() throws Exception {
        keepalived.close();
        lan.close();
    }

    @Test
    void aPeerThatFitsIsNamedAndAForeignVirtualRouterIsNoted() throws Exception {
        HostReport report = inspect(router(51, 500, "10.9.0.100"));
        assertFinding(
                report,
                Severity.OK,
                "Active on the LAN: 10.9.0.2 advertises 10.9.0.100 (VRRPv3, priority 200, every 500 ms)");
        assertFinding(report, Severity.NOTE, "VRID 77 on eth0 is in use: 10.9.0.2 advertises");
        assertFinding(report, Severity.OK, "eth0 is up and has 10.9.0.1 to send from.");
        assertEquals(0, report.count(Severity.ERROR), report.toString());
    }

    @Test
    void oursUnderOtherAddressesAndAnotherIntervalIsAWarning() throws Exception {
        HostReport report = inspect(router(51, 1_000, "10.9.0.101"));
        assertFinding(
                report,
                Severity.WARNING,
                "advertises 10.9.0.100 under this router's VRID, this router 10.9.0.101");
        assertFinding(
                report, Severity.WARNING, "advertises every 500 ms, this router every 1000 ms");
    }

    @Test
    void ourAddressUnderAnotherVridIsAWarning() throws Exception {
        HostReport report = inspect(router(52, 1_000, "10.9.0.100"));
        assertFinding(report, Severity.WARNING, "Set virtual_router_id 52 there, or 51 here");
        assertFinding(report, Severity.NOTE, "Nobody was heard with VRID 52 on eth0");
    }

    @Test
    void anAddressThatSomeHostHasWithoutVrrpIsAWarningWithItsHardwareAddress() throws Exception {
        lan.host(2).ip("addr add 10.9.0.222/24 dev eth0");
        String link = lan.host(2).ip("-o link show eth0");
        String mac = link.replaceAll("(?s).*link/ether (\\S+) .*", "$1");
        HostReport report = inspect(router(99, 1_000, "10.9.0.222"));
        assertFinding(report, Severity.WARNING, "10.9.0.222 is at " + mac + " on the LAN");
        assertFinding(report, Severity.WARNING, "nobody was heard that advertises it");
        HostReport active = inspect(router(51, 500, "10.9.0.100"));
        assertEquals(0, active.count(Severity.WARNING), active.toString());
    }

    @Test
    void nothingIsChanged() throws Exception {
        String before = lan.host(1).ip("-o addr show") + lan.host(1).ip("route show table all");
        inspect(router(51, 500, "10.9.0.100"));
        inspect();
        assertEquals(
                before, lan.host(1).ip("-o addr show") + lan.host(1).ip("route show table all"));
        assertTrue(lan.hasAddress(2, "10.9.0.100"));
    }

    @Test
    void withoutAConfigurationItListensOnAllInterfaces() throws Exception {
        HostReport report = inspect();
        assertFinding(report, Severity.NOTE, "VRID 51 on eth0 is in use: 10.9.0.2 advertises");
        assertFinding(report, Severity.NOTE, "VRID 77 on eth0 is in use: 10.9.0.2 advertises");
    }

    private HostReport inspect(VirtualRouterConfig... routers) throws Exception {
        return lan.host(1)
                .call(() -> HostInspection.of(List.of(routers)).withListening(LISTENING).run());
    }

    private static VirtualRouterConfig router(int vrid, int millis, String virtual) {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(vrid)
                .interfaceName("eth0")
                .version(VrrpVersion.V3)
                .priority(100)
                .advertisementInterval(Duration.ofMillis(millis))
                .addresses(List.of(VirtualAddress.of(IpAddress.parse(virtual))))
                .build();
    }

    private static void assertFinding(HostReport report, Severity severity, String part) {
        assertTrue(
                report.findings().stream()
                        .anyMatch(f -> f.severity() == severity && f.sentence().contains(part)),
                "no " + severity + " with '" + part + "' in " + report);
    }
}

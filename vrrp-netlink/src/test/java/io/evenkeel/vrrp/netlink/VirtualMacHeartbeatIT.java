package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.PeerSnapshot;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel sends ahead by an interface with a virtual MAC address, as a Backup hears it. */
@RootTest
class VirtualMacHeartbeatIT {
    private static final String VIP = "10.9.0.100";

    private VirtualMacLan net;

    @BeforeEach
    void open() throws Exception {
        net = new VirtualMacLan();
    }

    @AfterEach
    void close() throws Exception {
        net.close();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({"10.9.0.100, vrrp.51", "fe80::100, vrrp6.51"})
    void aBackupStaysOneWhenTheInterfaceOfTheActiveIsMadeAnew(String vip, String interfaceName)
            throws Exception {
        VrrpService active = net.start(1, config(100, vip));
        VrrpService backup = startBackup(vip);
        long promotionsBefore = promotions(backup);
        String before = net.lan.host(1).ip("-o link show " + interfaceName).split(":")[0];
        net.lan.host(1).ip("link del " + interfaceName);
        Conditions.await(
                "another " + interfaceName,
                () -> {
                    String links = net.lan.host(1).ip("-o link show");
                    return links.contains(" " + interfaceName + "@")
                            && !links.contains(before + ": " + interfaceName);
                });
        awaitMoreOf(backup, vip.contains(":") ? "fe80::1" : "10.9.0.1");
        assertEquals(promotionsBefore, promotions(backup));
        assertEquals(VrrpState.ACTIVE, router(active).state());
    }

    @Test
    void aBackupStaysOneWhenTheAddressOfTheActiveIsAnotherOne() throws Exception {
        net.lan.host(1).run("sysctl -q -w net.ipv4.conf.eth0.promote_secondaries=1");
        net.lan.host(1).ip("addr add 10.9.0.51/24 dev eth0");
        VrrpService active = net.start(1, config(100, VIP));
        VrrpService backup = startBackup(VIP);
        long promotionsBefore = promotions(backup);
        net.lan.host(1).ip("addr del 10.9.0.1/24 dev eth0");
        awaitMoreOf(backup, "10.9.0.51");
        assertEquals(promotionsBefore, promotions(backup));
        assertEquals(VrrpState.ACTIVE, router(active).state());
        // What is sent from the old address does not go out at all.
        assertEquals(0, router(active).sendFailures());
    }

    private VrrpService startBackup(String vip) throws Exception {
        VrrpService backup = net.start(2, config(90, vip));
        assertTrue(backup.snapshot().heartbeat().inKernel());
        // On a busy machine the Active may be heard late.
        Conditions.await(
                "the Active",
                () ->
                        router(backup).counters().advertisementsReceived() > 3
                                && router(backup).state() == VrrpState.BACKUP);
        return backup;
    }

    /** Long after the last advertisement that was queued before. */
    private static void awaitMoreOf(VrrpService backup, String source) throws Exception {
        long before = acceptedFrom(backup, source);
        Conditions.await(
                "advertisements of " + source, () -> acceptedFrom(backup, source) > before + 10);
    }

    private static long acceptedFrom(VrrpService service, String source) {
        return router(service).peers().stream()
                .filter(peer -> peer.address().toString().equals(source))
                .mapToLong(PeerSnapshot::accepted)
                .sum();
    }

    private static long promotions(VrrpService service) {
        return router(service).counters().promotions();
    }

    private static RouterSnapshot router(VrrpService service) {
        return service.snapshot().routers().get(0);
    }

    private static VirtualRouterConfig config(int priority, String vip) {
        return VirtualMacLan.router(priority, vip)
                .advertisementInterval(Duration.ofMillis(200))
                .build();
    }
}

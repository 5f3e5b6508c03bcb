package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Authentication;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A service and the keepalived of the distribution on one LAN, in what the interop matrix does not play: Evenkeel is host 1, keepalived
 * host 2.
 */
@RootTest(programs = Keepalived.PROGRAM)
class KeepalivedPeerIT extends LanFixture {
    private static final String VIP = "10.9.0.100";
    private static final String PASSWORD = "secret";

    private Keepalived keepalived;
    private VrrpService service;
    private int intervalSeconds = 1;

    @Test
    void withAPasswordKeepalivedTakesOverWhenEvenkeelClosesAndGivesWayWhenItComesBack()
            throws Exception {
        startKeepalived(2, 90, PASSWORD);
        startService(2, 100, PASSWORD);
        lan.awaitAddress(1, VIP, true);
        lan.awaitAddress(2, VIP, false);
        service.close();
        assertFalse(lan.hasAddress(1, VIP));
        lan.awaitAddress(2, VIP, true);
        startService(2, 100, PASSWORD);
        lan.awaitAddress(1, VIP, true);
        lan.awaitAddress(2, VIP, false);
    }

    @Test
    void withAPasswordEvenkeelTakesOverWhenKeepalivedStopsAndGivesWayWhenItComesBack()
            throws Exception {
        startKeepalived(2, 200, PASSWORD);
        lan.awaitAddress(2, VIP, true);
        startService(2, 100, PASSWORD);
        awaitState(service, VrrpState.BACKUP);
        assertFalse(lan.hasAddress(1, VIP));
        keepalived.close();
        lan.awaitAddress(1, VIP, true);
        lan.awaitAddress(2, VIP, false);
        startKeepalived(2, 200, PASSWORD);
        lan.awaitAddress(2, VIP, true);
        lan.awaitAddress(1, VIP, false);
    }

    @Test
    void aPlannedHandoverToKeepalivedTakesFarLessThanItsSkewTime() throws Exception {
        // So long that a busy machine does not take as much.
        intervalSeconds = 4;
        startKeepalived(3, 90, "");
        startService(3, 100, "");
        lan.awaitAddress(1, VIP, true);
        lan.awaitAddress(2, VIP, false);
        // keepalived must have heard the Active and be its Backup.
        Conditions.await(
                "three advertisements", () -> router(service).counters().advertisementsSent() > 3);
        long closing = System.nanoTime();
        service.close();
        lan.awaitAddress(2, VIP, true);
        long millis = (System.nanoTime() - closing) / 1_000_000;
        // Without the fast handover: 166/256 of the interval, 2594 ms.
        assertTrue(millis < 2_400, "The handover took " + millis + " ms.");
    }

    private void startKeepalived(int version, int priority, String password) throws Exception {
        String authentication =
                password.isEmpty()
                        ? ""
                        : "authentication {\nauth_type PASS\nauth_pass " + password + "\n}\n";
        keepalived =
                startKeepalived(
                        version,
                        Keepalived.instance(
                                "VI_1",
                                "eth0",
                                51,
                                priority,
                                Integer.toString(intervalSeconds),
                                authentication + "virtual_ipaddress {\n" + VIP + "\n}"));
    }

    private void startService(int version, int priority, String password) throws Exception {
        VirtualRouterConfig.Builder config =
                router("VI_1", "eth0", 51, VIP)
                        .version(version == 2 ? VrrpVersion.V2 : VrrpVersion.V3)
                        .priority(priority)
                        .advertisementInterval(Duration.ofSeconds(intervalSeconds));
        if (!password.isEmpty()) {
            config.authentication(Authentication.password(password));
        }
        service = start(1, config.build());
    }
}

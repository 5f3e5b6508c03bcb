package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Authentication;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import io.evenkeel.vrrp.VrrpVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service and the keepalived of the distribution on one LAN: Evenkeel is host 1, keepalived host 2. */
@RootTest(programs = Keepalived.PROGRAM)
class KeepalivedPeerIT {
    private static final String VIP = "10.9.0.100";

    @TempDir private Path directory;
    private Lan lan;
    private Keepalived keepalived;
    private VrrpService service;

    @BeforeEach
    void open() throws Exception {
        lan = new Lan(2);
    }

    @AfterEach
    void close() throws Exception {
        if (service != null) {
            service.close();
        }
        if (keepalived != null) {
            keepalived.close();
        }
        lan.close();
    }

    @ParameterizedTest(name = "version {0}, password {1}")
    @CsvSource({"3, ''", "2, secret"})
    void keepalivedTakesOverWhenEvenkeelClosesAndGivesWayWhenItComesBack(
            int version, String password) throws Exception {
        startKeepalived(version, 90, password);
        startService(version, 100, password);
        lan.awaitAddress(1, VIP, true);
        lan.awaitAddress(2, VIP, false);
        service.close();
        assertFalse(lan.hasAddress(1, VIP));
        lan.awaitAddress(2, VIP, true);
        startService(version, 100, password);
        lan.awaitAddress(1, VIP, true);
        lan.awaitAddress(2, VIP, false);
    }

    @ParameterizedTest(name = "version {0}, password {1}")
    @CsvSource({"3, ''", "2, ''"})
    void evenkeelTakesOverWhenKeepalivedStopsAndGivesWayWhenItComesBack(
            int version, String password) throws Exception {
        startKeepalived(version, 200, password);
        lan.awaitAddress(2, VIP, true);
        startService(version, 100, password);
        awaitState(VrrpState.BACKUP);
        assertFalse(lan.hasAddress(1, VIP));
        keepalived.close();
        lan.awaitAddress(1, VIP, true);
        lan.awaitAddress(2, VIP, false);
        startKeepalived(version, 200, password);
        lan.awaitAddress(2, VIP, true);
        lan.awaitAddress(1, VIP, false);
    }

    @Test
    void aPlannedHandoverToKeepalivedTakesFarLessThanItsSkewTime() throws Exception {
        startKeepalived(3, 90, "");
        startService(3, 100, "");
        lan.awaitAddress(1, VIP, true);
        lan.awaitAddress(2, VIP, false);
        // keepalived must have heard the Active and be its Backup.
        Conditions.await(
                "three advertisements",
                () -> service.snapshot().routers().get(0).counters().advertisementsSent() > 3);
        long closing = System.nanoTime();
        service.close();
        lan.awaitAddress(2, VIP, true);
        long millis = (System.nanoTime() - closing) / 1_000_000;
        // Without the fast handover: 166/256 of the interval, 648 ms.
        assertTrue(millis < 500, "The handover took " + millis + " ms.");
    }

    private void startKeepalived(int version, int priority, String password) throws Exception {
        String authentication =
                password.isEmpty()
                        ? ""
                        : "authentication {\nauth_type PASS\nauth_pass " + password + "\n}\n";
        keepalived =
                new Keepalived(
                        lan.host(2),
                        directory,
                        version,
                        Keepalived.instance(
                                "VI_1",
                                "eth0",
                                51,
                                priority,
                                "1",
                                authentication + "virtual_ipaddress {\n" + VIP + "\n}"));
    }

    private void startService(int version, int priority, String password) throws Exception {
        VirtualRouterConfig.Builder config =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .version(version == 2 ? VrrpVersion.V2 : VrrpVersion.V3)
                        .priority(priority)
                        .advertisementInterval(Duration.ofSeconds(1))
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse(VIP))));
        if (!password.isEmpty()) {
            config.authentication(Authentication.password(password));
        }
        VrrpService started = VrrpService.builder().router(config.build()).build();
        service = started;
        lan.host(1)
                .call(
                        () -> {
                            started.start();
                            return started;
                        });
    }

    private void awaitState(VrrpState state) throws Exception {
        Conditions.await(
                state.toString(), () -> service.snapshot().routers().get(0).state() == state);
    }
}

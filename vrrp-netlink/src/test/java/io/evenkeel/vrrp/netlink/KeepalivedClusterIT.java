package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a service does besides electing, beside the keepalived of the distribution: Evenkeel is host 1, keepalived host 2. */
@RootTest(programs = Keepalived.PROGRAM)
class KeepalivedClusterIT extends LanFixture {
    private static final String VIP = "10.9.0.100";
    private static final String OTHER_VIP = "10.10.0.100";

    private final List<VrrpEvent> events = new CopyOnWriteArrayList<>();

    private VrrpService service;

    @Test
    void aSyncGroupLosesBothAddressesWithOneLan() throws Exception {
        Lan other = lan.second();
        startKeepalived(
                3,
                "vrrp_sync_group G {\ngroup {\nVI_1\nVI_2\n}\n}\n"
                        + instance("VI_1", "eth0", 51, VIP)
                        + instance("VI_2", "eth1", 52, OTHER_VIP));
        start(
                VrrpService.builder()
                        .router(router("VI_1", "eth0", 51, VIP).build())
                        .router(router("VI_2", "eth1", 52, OTHER_VIP).build())
                        .syncGroup(new SyncGroupConfig("G", List.of("VI_1", "VI_2"))));
        lan.awaitOwner(1, VIP);
        other.awaitOwner(1, OTHER_VIP);
        other.cut(1);
        lan.awaitOwner(2, VIP);
        other.awaitOwner(2, OTHER_VIP);
        assertEquals(VrrpState.FAULT, snapshot("VI_1").state());
        assertEquals(VrrpState.FAULT, snapshot("VI_2").state());
        other.mend(1);
        lan.awaitOwner(1, VIP);
        other.awaitOwner(1, OTHER_VIP);
        service.close();
        lan.awaitOwner(2, VIP);
        other.awaitOwner(2, OTHER_VIP);
        other.close();
    }

    @Test
    void anotherVirtualRouterIdWithTheSameAddressIsTold() throws Exception {
        startKeepalived(3, instance("VI_1", "eth0", 52, VIP));
        lan.awaitAddress(2, VIP, true);
        start(VrrpService.builder().router(router("VI_1", "eth0", 51, VIP).build()));
        Conditions.await("the finding", () -> !findings().isEmpty());
        VrrpEvent.PeerDiffers finding = findings().get(0);
        assertEquals(VrrpEvent.Difference.VIRTUAL_ROUTER_ID, finding.difference());
        assertEquals(IpAddress.parse("10.9.0.2"), finding.peer());
        assertTrue(finding.sentence().contains("under VRID 52"), finding.sentence());
    }

    @Test
    void maintenanceHandsOverAndItsEndTakesBack() throws Exception {
        startKeepalived(3, instance("VI_1", "eth0", 51, VIP));
        start(VrrpService.builder().router(router("VI_1", "eth0", 51, VIP).build()));
        lan.awaitOwner(1, VIP);
        service.setMaintenance("VI_1", true);
        lan.awaitOwner(2, VIP);
        assertTrue(snapshot("VI_1").inMaintenance());
        awaitState(service, VrrpState.FAULT);
        service.setMaintenance("VI_1", false);
        lan.awaitOwner(1, VIP);
    }

    @Test
    void aLowerPriorityGivesTheAddressToThePeerAndAHigherOneTakesItBack() throws Exception {
        startKeepalived(3, instance("VI_1", "eth0", 51, VIP));
        start(VrrpService.builder().router(router("VI_1", "eth0", 51, VIP).build()));
        lan.awaitOwner(1, VIP);
        service.setPriority("VI_1", 50);
        lan.awaitOwner(2, VIP);
        service.setPriority("VI_1", 150);
        lan.awaitOwner(1, VIP);
    }

    private List<VrrpEvent.PeerDiffers> findings() {
        return events.stream()
                .filter(VrrpEvent.PeerDiffers.class::isInstance)
                .map(VrrpEvent.PeerDiffers.class::cast)
                .toList();
    }

    private RouterSnapshot snapshot(String router) {
        return service.snapshot().router(router).orElseThrow();
    }

    private void start(VrrpServiceBuilder builder) throws Exception {
        service = start(1, builder.listener(events::add));
    }

    private static String instance(String name, String eth, int vrid, String address) {
        return Keepalived.instance(
                name, eth, vrid, 90, "0.1", "virtual_ipaddress {\n" + address + "\n}");
    }
}

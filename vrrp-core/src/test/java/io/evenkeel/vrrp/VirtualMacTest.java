package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface with the virtual router's MAC address, as a part of the configuration. */
class VirtualMacTest {

    @ParameterizedTest(name = "VRID {0}, IPv4 {1}: {2}")
    @CsvSource({
        "1,   true,  00005e000101",
        "51,  true,  00005e000133",
        "255, true,  00005e0001ff",
        "51,  false, 00005e000233",
        "255, false, 00005e0002ff",
    })
    void theAddressIsThatOfTheVridAndTheFamily(int vrid, boolean ipv4, String address) {
        // RFC 9568, section 7.3.
        assertEquals(Long.parseLong(address, 16), VirtualMac.address(vrid, ipv4));
    }

    @ParameterizedTest(name = "{0}, from the parent {1}, unicast {2}")
    @CsvSource({
        "vrrp.51, false, false, true",
        "vrrp.51, true, false, true",
        "vrrp.51, true, true, true",
        // peers answer to where they heard the router
        "vrrp.51, false, true, false",
        "eth0, false, false, false",
        "'', false, false, false",
        "an-endless-name-, false, false, false",
        "a/b, false, false, false",
    })
    void aNameThatIsTakenOrImpossibleAndUnicastFromTheInterfaceAreRefused(
            String name, boolean fromParent, boolean unicast, boolean valid) {
        VirtualRouterConfig.Builder builder = with(new VirtualMac(name, fromParent));
        if (unicast) {
            IpAddress peer = IpAddress.parse("192.0.2.2");
            builder.destinations(Destinations.unicast(List.of(UnicastPeer.of(peer))));
        }
        if (valid) {
            assertEquals(name, builder.build().host().virtualMac().interfaceName());
            return;
        }
        InvalidConfigException refused = assertThrows(InvalidConfigException.class, builder::build);
        assertEquals(
                List.of("host.virtualMac"),
                refused.problems().stream().map(ConfigProblem::path).toList());
    }

    @Test
    void aRouterThatGetsLosesOrChangesItIsAnotherRouter() {
        VirtualRouterConfig without = Packets.router().build();
        VirtualRouterConfig with = with(VirtualMac.on("vrrp.51")).build();
        assertFalse(without.sameRouter(with));
        assertFalse(with.sameRouter(without));
        assertFalse(with.sameRouter(with(VirtualMac.on("vmac0")).build()));
        assertFalse(with.sameRouter(with(VirtualMac.on("vrrp.51").sendingFromParent()).build()));
        assertTrue(with.sameRouter(with(VirtualMac.on("vrrp.51")).priority(7).build()));
    }

    @ParameterizedTest(name = "from the parent {0}")
    @ValueSource(booleans = {false, true})
    void anActiveThatIsNotHeardTellsOfTheOneSettingThatCausesIt(boolean fromParent) {
        VirtualRouterConfig config =
                with(new VirtualMac("vrrp.51", fromParent)).priority(100).build();
        List<String> told = new ArrayList<>();
        VirtualRouter router =
                new VirtualRouter(
                        config,
                        action -> {
                            if (action instanceof Action.Notify notify
                                    && notify.event() instanceof VrrpEvent.Contention event) {
                                told.add(event.sentence());
                            }
                        });
        router.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        router.startup(0);
        long now = 0;
        while (router.state() != VrrpState.ACTIVE || now < 10_000_000_000L) {
            now = router.nextDeadlineNanos();
            router.handleDeadline(now);
        }
        IpAddress lower = IpAddress.parse("10.9.0.2");
        byte[] message = Packets.advertisement(config, 90, 100, lower);
        router.handlePacket(Packets.packet(message, lower.toString(), 255, now), now);
        assertEquals(1, told.size(), told.toString());
        assertEquals(!fromParent, told.get(0).contains("vmac_xmit_base"), told.get(0));
    }

    private static VirtualRouterConfig.Builder with(VirtualMac mac) {
        return Packets.router().interfaceName("eth0").host(HostSettings.NONE.withVirtualMac(mac));
    }
}

package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortfallsTest {
    @Test
    void anOrdinaryRouterGetsAllThatItAsksFor() {
        assertEquals(List.of(), Shortfalls.of(config().build()));
    }

    @Test
    void aLabelOfAnIpv6AddressIsSaidToBeLeftOut() {
        VirtualAddress labelled =
                new VirtualAddress(IpAddress.parse("fd09::100"), 64, null, "eth0:vip", null);
        List<String> sentences =
                Shortfalls.of(config().excludedAddresses(List.of(labelled)).build());
        assertEquals(1, sentences.size());
        assertTrue(sentences.get(0).contains("eth0:vip of fd09::100"), sentences.get(0));
    }

    private static VirtualRouterConfig.Builder config() {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .addresses(List.of(VirtualAddress.of(IpAddress.parse("10.9.0.100"))));
    }
}

package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An address of this router's under another VRID is found; whatever else comes along is let be. */
class ForeignAdvertisementTest {

    private static AddressSet set(String... addresses) {
        return new AddressSet(
                Stream.of(addresses).map(IpAddress::parse).map(VirtualAddress::of).toList());
    }

    /** This router's are 10.9.0.100 and 10.9.0.101. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the first address,            31 34 64 01 00 64 00 00 0a 09 00 64,             255, 0",
        "the second,                   31 34 64 01 00 64 00 00 0a 09 00 65,             255, 1",
        "behind a stranger's,          31 34 64 02 00 64 00 00 0a 09 00 01 0a 09 00 65, 255, 1",
        "by version 2,                 21 34 64 01 00 01 00 00 0a 09 00 64,             255, 0",
        "none,                         31 34 64 01 00 64 00 00 0a 09 00 63,             255, -1",
        "no advertisement,             32 34 64 01 00 64 00 00 0a 09 00 64,             255, -1",
        "version 1,                    11 34 64 01 00 64 00 00 0a 09 00 64,             255, -1",
        "version 4,                    41 34 64 01 00 64 00 00 0a 09 00 64,             255, -1",
        "from outside of the LAN,      31 34 64 01 00 64 00 00 0a 09 00 64,             254, -1",
        "more promised than there is,  31 34 64 02 00 64 00 00 0a 09 00 64,             255, -1",
        "no address promised,          31 34 64 00 00 64 00 00 0a 09 00 64,             255, -1",
        "whoever releases it,          31 34 00 01 00 64 00 00 0a 09 00 64,             255, -1",
    })
    void aSharedAddressIsFoundInASoundAdvertisementFromTheLan(
            String name, String message, int ttl, int expected) {
        ReceivedPacket packet = Packets.packet(Packets.bytes(message), "10.9.0.2", ttl, 0);
        AddressSet ours = set("10.9.0.100", "10.9.0.101");
        assertEquals(expected, ForeignAdvertisement.firstShared(packet, ours));
    }

    @ParameterizedTest(name = "{0} is number {1}")
    @CsvSource({"fe80::100, 0", "2001:db8::100, 1", "2001:db8::101, -1", "fe80::1:0:100, -1"})
    void overIpv6BothHalvesOfAnAddressCount(String address, int expected) {
        byte[] message = Packets.bytes("31 34 64 01 00 64 00 00" + " 00".repeat(16));
        System.arraycopy(IpAddress.parse(address).toBytes(), 0, message, 8, 16);
        IpAddress peer = IpAddress.parse("fe80::2");
        ReceivedPacket packet = Packets.ipv6(message, peer, IpAddress.parse("ff02::12"), 255);
        AddressSet ours = set("fe80::100", "2001:db8::100");
        assertEquals(expected, ForeignAdvertisement.firstShared(packet, ours));
    }

    @Test
    void theOrderOfTheConfigurationIsKept() {
        AddressSet set = set("fe80::2", "2001:db8::2", "fe80::1", "2001:db8::1");
        for (String each : List.of("fe80::2", "2001:db8::2", "fe80::1", "2001:db8::1")) {
            IpAddress address = IpAddress.parse(each);
            int index = set.indexOf(address.high(), address.low());
            assertEquals(address, set.address(index));
        }
        IpAddress mixed = IpAddress.parse("fe80::3");
        assertEquals(-1, set.indexOf(mixed.high(), mixed.low()));
    }

    /** The router tells it once for each peer, and ignores the other family altogether. */
    @Test
    void theRouterTellsItOnceAndNotOfTheOtherFamily() {
        java.util.List<Action> told = new java.util.ArrayList<>();
        VirtualRouter router = new VirtualRouter(Packets.router().build(), told::add);
        router.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        router.startup(0);
        told.clear();
        byte[] message = Packets.bytes("31 34 64 01 00 64 00 00 0a 09 00 64");
        router.handlePacket(Packets.packet(message, "10.9.0.2", 255, 0), 0);
        router.handlePacket(Packets.packet(message, "10.9.0.2", 255, 0), 0);
        assertEquals(1, told.size(), told.toString());
        byte[] ipv6 = Packets.bytes("31 34 64 01 00 64 00 00" + " 0a 09 00 64".repeat(4));
        IpAddress peer = IpAddress.parse("fe80::2");
        router.handlePacket(Packets.ipv6(ipv6, peer, IpAddress.parse("ff02::12"), 255), 0);
        assertEquals(1, told.size(), told.toString());
        assertEquals(3, router.counters().rejected(PacketRejection.VIRTUAL_ROUTER_ID));
    }
}

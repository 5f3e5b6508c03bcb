package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Version 3 over IPv6 (RFC 9568, section 5.1.2), and advertisements to named peers. */
class Ipv6AndUnicastCodecTest {

    private static final IpAddress GROUP = IpAddress.parse("ff02::12");

    private static final int PACKETS = 4 * Integer.getInteger("evenkeel.packets", 250_000);

    private static VirtualRouterConfig.Builder ipv6(String... addresses) {
        return Packets.router().addresses(addresses(addresses));
    }

    private static List<VirtualAddress> addresses(String... addresses) {
        return Stream.of(addresses).map(IpAddress::parse).map(VirtualAddress::of).toList();
    }

    private static VirtualRouterConfig unicast(UnicastPeer... peers) {
        return Packets.router().destinations(Destinations.unicast(List.of(peers))).build();
    }

    private static UnicastPeer peer(String address, int minTtl, int maxTtl) {
        return new UnicastPeer(IpAddress.parse(address), minTtl, maxTtl);
    }

    /** The bytes were computed apart from this code. */
    @ParameterizedTest(name = "{0} {1} cs to {3}")
    @CsvSource({
        "100, 100,  fe80::1,     ff02::12,    fe80::100,               6c c7",
        "0,   1,    fe80::1,     ff02::12,    fe80::100 2001:db8::100, a2 60",
        "254, 4095, 2001:db8::1, 2001:db8::2, fe80::100,               65 4d",
    })
    void anAdvertisementOverIpv6IsTheseBytesBothWays(
            int priority, int centis, String source, String destination, String held, String sum) {
        IpAddress from = IpAddress.parse(source);
        IpAddress to = IpAddress.parse(destination);
        VirtualRouterConfig.Builder builder = ipv6(held.split(" "));
        if (!to.isMulticast()) {
            builder.destinations(Destinations.unicast(List.of(UnicastPeer.of(from))));
        }
        AdvertisementCodec codec = new AdvertisementCodec(builder.build());
        ByteBuffer out = ByteBuffer.allocate(128);

        int length = codec.encode(priority, centis, from, to, ChecksumForm.MESSAGE_ONLY, 0, out);

        List<VirtualAddress> addresses = addresses(held.split(" "));
        StringBuilder expected =
                new StringBuilder(
                        String.format(
                                "31 33 %02x %02x %02x %02x ",
                                priority, addresses.size(), centis >> 8, centis & 0xff));
        expected.append(sum);
        for (VirtualAddress address : addresses) {
            ByteBuffer bytes = ByteBuffer.wrap(address.address().toBytes());
            expected.append(' ').append(Packets.hex(bytes.position(16)));
        }
        assertEquals(expected.toString(), Packets.hex(out));
        assertEquals(8 + 16 * addresses.size(), length);

        Advertisement read = new Advertisement();
        byte[] message = Packets.bytes(expected.toString());
        ReceivedPacket packet = Packets.ipv6(message, from, to, 255);
        assertNull(codec.decode(packet, IpAddress.parse("fe80::9"), 0, read));
        assertEquals(priority, read.priority());
        assertEquals(centis, read.maxAdvertiseIntervalCentis());
        assertEquals(ChecksumForm.PSEUDO_HEADER, read.checksumForm());
        assertEquals(from, read.source());
        for (int i = 0; i < addresses.size(); i++) {
            assertEquals(addresses.get(i).address(), read.address(i));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> read.address(addresses.size()));
    }

    @ParameterizedTest(name = "{0} from {1} hop limit {2}: {4}")
    @CsvSource({
        "fe80::100,     fe80::1, 255, ff02::12,    ",
        "fe80::100,     fe80::1, 254, ff02::12,    TTL",
        "fe80::100,     fe80::9, 255, ff02::12,    OWN",
        "fe80::100,     fe80::1, 255, ff02::1,     DESTINATION",
        "fe80::100,     fe80::1, 255, fe80::9,     DESTINATION",
        "2001:db8::100, fe80::1, 255, ff02::12,    FIRST_ADDRESS",
        "febf::100,     fe80::1, 255, ff02::12,    ",
        "fec0::100,     fe80::1, 255, ff02::12,    FIRST_ADDRESS",
    })
    void theLadderOfIpv6(
            String first,
            String source,
            int hopLimit,
            String destination,
            PacketRejection expected) {
        IpAddress from = IpAddress.parse(source);
        IpAddress to = IpAddress.parse(destination);
        VirtualRouterConfig peer = ipv6(first).linkLocalFirst(false).build();
        ByteBuffer out = ByteBuffer.allocate(128);
        int length =
                new AdvertisementCodec(peer)
                        .encode(100, 100, from, to, ChecksumForm.PSEUDO_HEADER, 0, out);
        ReceivedPacket packet = Packets.ipv6(Lan.copy(out, length), from, to, hopLimit);
        AdvertisementCodec codec = new AdvertisementCodec(ipv6("fe80::100").build());
        assertEquals(
                expected, codec.decode(packet, IpAddress.parse("fe80::9"), 0, new Advertisement()));
        if (expected == PacketRejection.FIRST_ADDRESS) {
            AdvertisementCodec lenient =
                    new AdvertisementCodec(ipv6("fe80::100").linkLocalFirst(false).build());
            assertNull(lenient.decode(packet, IpAddress.parse("fe80::9"), 0, new Advertisement()));
        }
    }

    @Test
    void overIpv6TheChecksumAlwaysHasItsPseudoHeader() {
        byte[] message = Packets.bytes("31 33 64 01 00 64 00 00" + " 00".repeat(16));
        ByteBuffer bytes = ByteBuffer.wrap(message);
        bytes.putLong(8, 0xfe80L << 48).putLong(16, 0x100);
        bytes.putShort(6, (short) Checksum.complement(Checksum.sum(bytes, 0, message.length)));
        ReceivedPacket packet = Packets.ipv6(message, IpAddress.parse("fe80::1"), GROUP, 255);
        assertEquals(
                PacketRejection.CHECKSUM,
                new AdvertisementCodec(ipv6("fe80::100").build())
                        .decode(packet, IpAddress.parse("fe80::9"), 0, new Advertisement()));
    }

    @Test
    void theSameVridOverTheOtherFamilyIsAnotherVirtualRouter() {
        byte[] message = Packets.bytes("31 33 64 01 00 0a 75 bb 0a 09 00 64");
        ReceivedPacket packet = Packets.packet(message, "10.9.0.1", 255, 0);
        assertEquals(
                PacketRejection.VIRTUAL_ROUTER_ID,
                new AdvertisementCodec(ipv6("fe80::100").build())
                        .decode(packet, IpAddress.parse("fe80::9"), 0, new Advertisement()));
    }

    @ParameterizedTest(name = "TTL {0} for a peer with {1}..{2}: {3}")
    @CsvSource({
        "64,  0,   255, ",
        "1,   0,   255, ",
        "64,  255, 255, TTL",
        "255, 255, 255, ",
        "253, 250, 254, ",
        "255, 250, 254, TTL",
        "249, 250, 254, TTL",
    })
    void aUnicastPeerHasItsOwnLimits(int ttl, int min, int max, PacketRejection expected) {
        AdvertisementCodec codec = new AdvertisementCodec(unicast(peer("10.9.0.1", min, max)));
        assertEquals(
                expected,
                codec.decode(
                        toPeer("10.9.0.1", "4b bc", ttl),
                        IpAddress.parse("10.9.0.9"),
                        0,
                        new Advertisement()));
    }

    @Test
    void aStrangerIsTakenUnlessOnlyPeersAre() {
        Destinations other = Destinations.unicast(List.of(peer("10.9.0.2", 0, 255)));
        IpAddress local = IpAddress.parse("10.9.0.9");
        ReceivedPacket packet = toPeer("10.9.0.1", "4b bc", 64);
        VirtualRouterConfig.Builder builder = Packets.router();
        assertNull(
                new AdvertisementCodec(builder.destinations(other).build())
                        .decode(packet, local, 0, new Advertisement()));
        assertEquals(
                PacketRejection.UNKNOWN_PEER,
                new AdvertisementCodec(builder.destinations(other.onlyPeers()).build())
                        .decode(packet, local, 0, new Advertisement()));
    }

    /** 10.9.0.1 to 10.9.0.9: the sum with the peer, over the message alone, and with the group. */
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"4b bc, PSEUDO_HEADER", "60 54, MESSAGE_ONLY", "75 bb, OLD_UNICAST"})
    void threeFormsOfChecksumAreTakenByUnicastAndSentWhenAsked(String sum, ChecksumForm form) {
        VirtualRouterConfig config = unicast(peer("10.9.0.1", 0, 255), peer("10.9.0.9", 0, 255));
        AdvertisementCodec codec = new AdvertisementCodec(config);
        Advertisement read = new Advertisement();
        assertNull(codec.decode(toPeer("10.9.0.1", sum, 64), IpAddress.parse("10.9.0.9"), 0, read));
        assertEquals(form, read.checksumForm());

        ByteBuffer out = ByteBuffer.allocate(64);
        codec.encode(
                100, 10, IpAddress.parse("10.9.0.1"), IpAddress.parse("10.9.0.9"), form, 0, out);
        assertEquals("31 33 64 01 00 0a " + sum + " 0a 09 00 64", Packets.hex(out));
    }

    @Test
    void theOldFormIsNotTakenByMulticastWhereItCannotBe() {
        byte[] message = Packets.bytes("31 33 64 01 00 0a 4b bc 0a 09 00 64");
        ReceivedPacket packet = Packets.packet(message, "10.9.0.1", 255, 0);
        assertEquals(
                PacketRejection.CHECKSUM,
                new AdvertisementCodec(Packets.router().build())
                        .decode(packet, IpAddress.parse("10.9.0.9"), 0, new Advertisement()));
    }

    private static ReceivedPacket toPeer(String source, String sum, int ttl) {
        byte[] message = Packets.bytes("31 33 64 01 00 0a " + sum + " 0a 09 00 64");
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv4(ByteBuffer.wrap(message), 0, 12, ip(source), ip("10.9.0.9"), ttl, 0);
        return packet;
    }

    private static int ip(String address) {
        return IpAddress.parse(address).ipv4Bits();
    }

    @Test
    void aRouterFollowsTheFormOfEachPeerWhenItIsToldTo() {
        VirtualRouterConfig config =
                unicast(peer("10.9.0.1", 0, 255), peer("10.9.0.2", 0, 255)).toBuilder()
                        .checksumMode(ChecksumMode.AUTO)
                        .advertisementInterval(Duration.ofMillis(100))
                        .build();
        VirtualRouter router = new VirtualRouter(config, action -> {});
        router.handleLocalAddress(IpAddress.parse("10.9.0.9"), true, 0);
        router.startup(0);
        assertEquals("4b bc", sumTo(router, "10.9.0.1", "10.9.0.9"), "before it was heard");
        router.handlePacket(toPeer("10.9.0.1", "60 54", 64), 0);
        assertEquals("60 54", sumTo(router, "10.9.0.1", "10.9.0.9"));
        router.handlePacket(toPeer("10.9.0.1", "75 bb", 64), 0);
        assertEquals("75 b3", sumTo(router, "10.9.0.1", "10.9.0.9"), "as if to the group");
        assertEquals("4b bb", sumTo(router, "10.9.0.2", "10.9.0.9"), "another peer, not heard");
    }

    private static String sumTo(VirtualRouter router, String destination, String source) {
        ByteBuffer out = ByteBuffer.allocate(64);
        Action.SendAdvertisement send = new Action.SendAdvertisement(100, 10);
        router.encode(send, IpAddress.parse(destination), 0, out);
        return Packets.hex(out).substring(18, 23);
    }

    @Test
    void anUnsolicitedNeighbourAdvertisementSaysWhoHasTheAddress() {
        // RFC 4861, section 4.4; RFC 9568, section 6.4.2.
        String expected =
                "33 33 00 00 00 01 02 42 ac 11 00 02 86 dd 60 00 00 00 00 20 3a ff"
                        + " fe 80 00 00 00 00 00 00 00 00 00 00 00 00 01 00"
                        + " ff 02 00 00 00 00 00 00 00 00 00 00 00 00 00 01"
                        + " 88 00 29 48 a0 00 00 00"
                        + " fe 80 00 00 00 00 00 00 00 00 00 00 00 00 01 00"
                        + " 02 01 02 42 ac 11 00 02";
        ByteBuffer out = ByteBuffer.allocate(128);
        IpAddress address = IpAddress.parse("fe80::100");
        assertEquals(86, NeighborAdvertisement.encode(address, 0x0242_ac11_0002L, true, out));
        assertEquals(expected, Packets.hex(out));

        out.clear();
        NeighborAdvertisement.encode(address, 0x0242_ac11_0002L, false, out);
        assertEquals(0x20, out.get(58), "without the Router flag");
        assertThrows(
                IllegalArgumentException.class,
                () -> NeighborAdvertisement.encode(IpAddress.parse("10.9.0.1"), 1, true, out));
    }

    @Test
    void aMillionRandomPacketsOverIpv6CauseNoException() {
        long seed = 20261125;
        Random random = new Random(seed);
        AdvertisementCodec codec = new AdvertisementCodec(ipv6("fe80::100", "2001:db8::1").build());
        ByteBuffer out = ByteBuffer.allocate(128);
        IpAddress from = IpAddress.parse("fe80::1");
        int length = codec.encode(100, 100, from, GROUP, ChecksumForm.PSEUDO_HEADER, 0, out);
        byte[] template = Lan.copy(out, length);
        Advertisement read = new Advertisement();
        ReceivedPacket packet = new ReceivedPacket();
        IpAddress local = IpAddress.parse("fe80::9");
        int valid = 0;
        for (int i = 0; i < PACKETS; i++) {
            byte[] message = template.clone();
            int changes = random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                message[random.nextInt(message.length)] = (byte) random.nextInt();
            }
            int cut = random.nextInt(8) == 0 ? random.nextInt(message.length) : message.length;
            packet.setIpv6(
                    ByteBuffer.wrap(message),
                    0,
                    cut,
                    from.high(),
                    from.low(),
                    GROUP.high(),
                    GROUP.low(),
                    255,
                    0);
            valid += codec.decode(packet, local, 0, read) == null ? 1 : 0;
        }
        assertEquals(true, valid > PACKETS / 10, "seed " + seed + ": " + valid + " were valid");
    }
}

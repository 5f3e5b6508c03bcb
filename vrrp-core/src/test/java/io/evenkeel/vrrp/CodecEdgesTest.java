package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where buffers, headers and messages begin and end, to the byte. */
class CodecEdgesTest {

    private static final long WALL = 1_800_000_000_000_000_000L;
    private static final HmacAuthentication HMAC =
            HmacAuthentication.enforcing(HmacKey.of(1, FuzzedMending.SECRET));
    private static final IpAddress SOURCE = IpAddress.parse("10.9.0.2");
    private static final IpAddress LOCAL = IpAddress.parse("10.9.0.1");

    private static VirtualRouterConfig config(HmacAuthentication hmac, String... addresses) {
        List<VirtualAddress> all =
                Stream.of(addresses).map(IpAddress::parse).map(VirtualAddress::of).toList();
        return Packets.router().addresses(all).linkLocalFirst(false).hmac(hmac).build();
    }

    private static byte[] encoded(VirtualRouterConfig config, IpAddress source, int position) {
        ByteBuffer out = ByteBuffer.allocate(256).position(position);
        IpAddress group = config.destinations().group(config.isIpv4());
        int length =
                new AdvertisementCodec(config)
                        .encode(200, 100, source, group, ChecksumForm.PSEUDO_HEADER, WALL, out);
        assertEquals(position + length, out.position());
        assertArrayEquals(new byte[position], Arrays.copyOf(out.array(), position));
        return Arrays.copyOfRange(out.array(), position, position + length);
    }

    private static PacketRejection decoded(
            AdvertisementCodec codec, byte[] message, IpAddress source) {
        ReceivedPacket packet =
                source.isIpv4()
                        ? Packets.packet(message, source.toString(), 255, 0)
                        : Packets.ipv6(message, source, IpAddress.parse("ff02::12"), 255);
        IpAddress local = source.isIpv4() ? LOCAL : IpAddress.parse("fe80::1");
        return codec.decode(packet, local, WALL, new Advertisement());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 64})
    void anAdvertisementIsWrittenWhereverTheBufferStands(int position) {
        for (HmacAuthentication hmac : Arrays.asList(null, HMAC)) {
            VirtualRouterConfig ipv4 = config(hmac, "10.9.0.100");
            assertArrayEquals(encoded(ipv4, SOURCE, 0), encoded(ipv4, SOURCE, position));
            VirtualRouterConfig ipv6 = config(hmac, "fe80::100");
            IpAddress source = IpAddress.parse("fe80::2");
            assertArrayEquals(encoded(ipv6, source, 0), encoded(ipv6, source, position));
        }
    }

    @Test
    void aShortSignedMessageIsCheckedRightAfterALongOne() {
        AdvertisementCodec codec = new AdvertisementCodec(config(HMAC, "10.9.0.100"));
        byte[] longer =
                encoded(
                        config(HMAC, "10.9.0.1", "10.9.0.2", "10.9.0.3", "10.9.0.4", "10.9.0.5"),
                        IpAddress.parse("10.9.0.3"),
                        0);
        assertNull(decoded(codec, longer, IpAddress.parse("10.9.0.3")));
        byte[] shorter = encoded(config(HMAC, "10.9.0.100"), SOURCE, 0);
        assertNull(decoded(codec, shorter, SOURCE));
    }

    /** Each octet of the source is signed, so that the packet is not another host's. */
    @Test
    void everyOctetOfTheSourceIsSigned() {
        VirtualRouterConfig config = config(HMAC, "fe80::100");
        IpAddress source = IpAddress.parse("2001:db8:3:4:5:6:7:8");
        byte[] message = encoded(config, source, 0);
        int signed = message.length - 16;
        ByteBuffer covered = ByteBuffer.allocate(256);
        covered.put((byte) 6).put((byte) 3).put((byte) 51).put((byte) 0).put(source.toBytes());
        covered.put(message, 0, signed).putShort(26, (short) 0).putLong(0).putLong(0);
        byte[] mac = new HmacSha256(FuzzedMending.SECRET).of(covered.array(), covered.position());
        assertArrayEquals(
                Arrays.copyOf(mac, 16), Arrays.copyOfRange(message, signed, message.length));
    }

    @ParameterizedTest(name = "{0} sums up to {1}")
    @CsvSource({
        "'',          0",
        "01,          100",
        "01 02,       102",
        "01 02 ff,    10002",
        "ff ff 80 81, 18080",
        "80 00 80,    10000",
    })
    void aLastOddByteIsTheUpperHalfOfAWord(String bytes, String sum) {
        // RFC 1071, section 4.1: as if a zero followed.
        byte[] some = Packets.bytes("77" + bytes + "77");
        int length = some.length - 2;
        assertEquals(Long.parseLong(sum, 16), Checksum.sum(ByteBuffer.wrap(some), 1, length));
    }

    @Test
    void anAddressThatIsNotThereIsNotRead() {
        Advertisement read = new Advertisement();
        byte[] message = encoded(config(null, "10.9.0.100"), SOURCE, 0);
        ReceivedPacket packet = Packets.packet(message, SOURCE.toString(), 255, 0);
        AdvertisementCodec codec = new AdvertisementCodec(config(null, "10.9.0.100"));
        assertNull(codec.decode(packet, LOCAL, 0, read));
        assertEquals(0x0a090064L, read.addressLow(0));
        for (int index : new int[] {-1, 1, 255}) {
            assertThrows(IndexOutOfBoundsException.class, () -> read.address(index));
            assertThrows(IndexOutOfBoundsException.class, () -> read.addressLow(index));
            assertThrows(IndexOutOfBoundsException.class, () -> read.addressHigh(index));
        }
    }

    @Test
    void aDamagedHeaderLeavesNothingOfThePacketBefore() {
        ReceivedPacket packet = Packets.packet(new byte[12], "10.9.0.7", 255, 5);
        ByteBuffer damaged =
                ByteBuffer.wrap(Packets.bytes("55" + " 00".repeat(11) + "0a 09 00 02"));
        packet.setIpv4Datagram(damaged, 0, 16, 9);
        assertEquals(SOURCE, packet.source());
        assertEquals(0, packet.length());
        assertEquals(9, packet.arrivalNanos());
        assertEquals(true, packet.hasBadHeader());
        packet.setIpv4Datagram(damaged, 0, 15, 9);
        assertEquals(IpAddress.parse("0.0.0.0"), packet.source(), "it is not there as a whole");
    }

    @ParameterizedTest(name = "header {0}, {1} bytes: {2}, {3} bytes of message")
    @CsvSource({
        "45, 20, false, 0",
        "45, 32, false, 12",
        "46, 24, false, 0",
        "46, 32, false, 8",
        "48, 32, false, 0",
        "49, 32, true,  0",
        "44, 32, true,  0",
        "45, 19, true,  0",
    })
    void theHeaderHasItsLengthInWords(String first, int length, boolean bad, int message) {
        ByteBuffer datagram = ByteBuffer.allocate(length).put(Packets.bytes(first));
        datagram.putShort(2, (short) length).put(9, (byte) 112);
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv4Datagram(datagram, 0, length, 0);
        assertEquals(bad, packet.hasBadHeader());
        assertEquals(message, packet.length());
    }

    @Test
    void theSameLowHalfOfAnIpv6AddressIsNotTheSameHost() {
        AdvertisementCodec codec = new AdvertisementCodec(config(null, "fe80::100"));
        IpAddress cousin = IpAddress.parse("fe80:0:0:7::1");
        byte[] message = encoded(config(null, "fe80::100"), cousin, 0);
        assertNull(decoded(codec, message, cousin), "not OWN");
        IpAddress group = IpAddress.parse("ff05::12");
        ReceivedPacket elsewhere = Packets.ipv6(message, cousin, group, 255);
        assertEquals(
                PacketRejection.DESTINATION,
                codec.decode(elsewhere, IpAddress.parse("fe80::1"), 0, new Advertisement()));
    }
}

package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The advertisement's bytes, both ways (RFC 9568, section 5.2; RFC 3768, section 5.3). */
class AdvertisementCodecTest {

    private static final IpAddress LOCAL = IpAddress.parse("10.9.0.9");

    /** Of each kind; {@code -Devenkeel.packets} makes a run longer or shorter. */
    private static final int PACKETS = Integer.getInteger("evenkeel.packets", 250_000);

    private static VirtualRouterConfig config(String kind) {
        VirtualRouterConfig.Builder builder = Packets.router();
        return switch (kind) {
            case "v3" -> builder.build();
            case "v3-two" ->
                    builder.addresses(
                                    List.of(
                                            VirtualAddress.of(IpAddress.parse("10.9.0.100")),
                                            VirtualAddress.of(IpAddress.parse("192.0.2.200"))))
                            .build();
            case "v2" -> builder.version(VrrpVersion.V2).build();
            case "v2-2s" ->
                    builder.version(VrrpVersion.V2)
                            .advertisementInterval(Duration.ofSeconds(2))
                            .build();
            case "v2-abc" ->
                    builder.version(VrrpVersion.V2)
                            .authentication(Authentication.password("abc"))
                            .build();
            case "v2-strict" -> builder.version(VrrpVersion.V2).strict(true).build();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static int encode(
            AdvertisementCodec codec, int priority, int centis, IpAddress source, ByteBuffer out) {
        return codec.encode(
                priority,
                centis,
                source,
                AdvertisementCodec.IPV4_GROUP,
                ChecksumForm.PSEUDO_HEADER,
                0,
                out);
    }

    /** The first row was captured from keepalived 2.2.7; its source is 10.9.0.1. */
    @ParameterizedTest(name = "{0} priority {1} every {2} cs")
    @CsvSource({
        "v3,       100,   10, 31 33 64 01 00 0a 75 bb 0a 09 00 64",
        "v3,       0,      1, 31 33 00 01 00 01 d9 c4 0a 09 00 64",
        "v3,       255, 4095, 31 33 ff 01 0f ff ca c5 0a 09 00 64",
        "v3-two,   100,  100, 31 33 64 02 00 64 b2 93 0a 09 00 64 c0 00 02 c8",
        "v2,       100,  100, 21 33 64 01 00 01 70 5d 0a 09 00 64 00 00 00 00 00 00 00 00",
        "v2-2s,    90,   200, 21 33 5a 01 00 02 7a 5c 0a 09 00 64 00 00 00 00 00 00 00 00",
        "v2-abc,   100,  100, 21 33 64 01 01 01 aa fa 0a 09 00 64 61 62 63 00 00 00 00 00",
    })
    void anAdvertisementIsTheseBytesBothWays(String kind, int priority, int centis, String hex) {
        VirtualRouterConfig config = config(kind);
        AdvertisementCodec codec = new AdvertisementCodec(config);
        ByteBuffer out = ByteBuffer.allocate(64);

        int length = encode(codec, priority, centis, IpAddress.parse("10.9.0.1"), out);

        assertEquals(hex, Packets.hex(out));
        assertEquals(hex.replace(" ", "").length() / 2, length);

        Advertisement read = new Advertisement();
        assertNull(
                codec.decode(
                        Packets.packet(Packets.bytes(hex), "10.9.0.1", 255, 7), LOCAL, 0, read));
        assertEquals(51, read.virtualRouterId());
        assertEquals(priority, read.priority());
        assertEquals(centis, read.maxAdvertiseIntervalCentis());
        assertEquals(config.addresses().size(), read.addressCount());
        for (int i = 0; i < read.addressCount(); i++) {
            assertEquals(config.addresses().get(i).address(), read.address(i));
        }
        assertEquals(IpAddress.parse("10.9.0.1"), read.source());
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "31 33 64 01 00 0a 75 bb 0a 09 00 64, PSEUDO_HEADER",
        "31 33 64 01 00 0a 60 54 0a 09 00 64, MESSAGE_ONLY",
    })
    void bothChecksumFormsOfVersion3AreTakenAndToldApart(String hex, ChecksumForm form) {
        // RFC 5798 and keepalived include a pseudo-header, RFC 9568 section 5.2.8 does not.
        Advertisement read = new Advertisement();
        ReceivedPacket packet = Packets.packet(Packets.bytes(hex), "10.9.0.1", 255, 0);
        assertNull(new AdvertisementCodec(config("v3")).decode(packet, LOCAL, 0, read));
        assertEquals(form, read.checksumForm());
    }

    /** Each row breaks one thing in a valid packet; "-" keeps the right checksum, "sum" mends it. */
    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource({
        // Every rung of the ladder, first the ones of both versions (RFC 9568, section 7.1).
        "v3,        '',                                     255, -,   HEADER_LENGTH",
        "v3,        31 33 64 01 00 0a 75,                   255, -,   HEADER_LENGTH",
        "v3,        31 34 64 01 00 0a 75 ba 0a 09 00 64,    255, -,   VIRTUAL_ROUTER_ID",
        "v3,        31 33 64 01 00 0a 75 bb 0a 09 00 64,    254, -,   TTL",
        "v3,        21 33 64 01 00 0a 75 bb 0a 09 00 64,    255, sum, VERSION",
        "v3,        11 33 64 01 00 0a 75 bb 0a 09 00 64,    255, sum, VERSION",
        "v3,        41 33 64 01 00 0a 75 bb 0a 09 00 64,    255, sum, VERSION",
        "v2,        31 33 64 01 00 0a 75 bb 0a 09 00 64,    255, sum, VERSION",
        "v3,        32 33 64 01 00 0a 75 bb 0a 09 00 64,    255, sum, TYPE",
        "v3,        31 33 64 00 00 0a 00 00,                255, sum, ADDRESS_COUNT",
        "v3,        31 33 64 02 00 0a 00 00 0a 09 00 64,    255, sum, LENGTH",
        "v3,        31 33 64 01 00 0a 00 00 0a 09 00 64 00 00 00 00 00 00 00 00, 255, sum, LENGTH",
        "v3,        31 33 64 01 00 0a 75 bc 0a 09 00 64,    255, -,   CHECKSUM",
        "v3,        31 33 64 01 00 00 00 00 0a 09 00 64,    255, sum, INTERVAL",
        "v3,        31 33 64 01 f0 00 00 00 0a 09 00 64,    255, sum, INTERVAL",
        // RFC 3768, section 7.1: authentication and interval must be the configured ones.
        "v2,        21 33 64 01 00 01 00 00 0a 09 00 64,    255, sum, LENGTH",
        "v2,        21 33 64 01 01 01 00 00 0a 09 00 64 61 62 63 00 00 00 00 00, 255, sum,"
                + " AUTHENTICATION_TYPE",
        "v2-abc,    21 33 64 01 00 01 00 00 0a 09 00 64 00 00 00 00 00 00 00 00, 255, sum,"
                + " AUTHENTICATION_TYPE",
        "v2-abc,    21 33 64 01 01 01 00 00 0a 09 00 64 61 62 64 00 00 00 00 00, 255, sum, PASSWORD",
        "v2-abc,    21 33 64 01 01 01 00 00 0a 09 00 64 61 62 63 64 00 00 00 00, 255, sum, PASSWORD",
        "v2,        21 33 64 01 00 02 00 00 0a 09 00 64 00 00 00 00 00 00 00 00, 255, sum, INTERVAL",
        "v2-strict, 21 33 64 01 00 01 00 00 0a 09 00 65 00 00 00 00 00 00 00 00, 255, sum, ADDRESSES",
        // The sum must cover the password: this one is right for the first twelve bytes only.
        "v2-abc,    21 33 64 01 01 01 6f 5d 0a 09 00 64 61 62 63 00 00 00 00 00, 255, -,   CHECKSUM",
    })
    void aBrokenPacketMissesItsRung(
            String kind, String hex, int ttl, String checksum, PacketRejection expected) {
        byte[] message = Packets.bytes(hex);
        if (checksum.equals("sum")) {
            mendChecksum(message);
        }
        ReceivedPacket packet = Packets.packet(message, "10.9.0.1", ttl, 0);
        assertEquals(
                expected,
                new AdvertisementCodec(config(kind)).decode(packet, LOCAL, 0, new Advertisement()));
    }

    private static void mendChecksum(byte[] message) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        buffer.putShort(6, (short) 0);
        buffer.putShort(6, (short) Checksum.complement(Checksum.sum(buffer, 0, message.length)));
    }

    @Test
    void aStrictVersion2RouterTakesOtherAddressesFromTheirOwner() {
        // RFC 3768, section 7.1.
        byte[] message =
                Packets.bytes("21 33 ff 01 00 01 00 00 0a 09 00 65 00 00 00 00 00 00 00 00");
        mendChecksum(message);
        assertNull(
                new AdvertisementCodec(config("v2-strict"))
                        .decode(
                                Packets.packet(message, "10.9.0.1", 255, 0),
                                LOCAL,
                                0,
                                new Advertisement()));
    }

    @Test
    void reservedBitsOfVersion3AreIgnored() {
        // RFC 9568, section 5.2.6.
        byte[] message = Packets.bytes("31 33 64 01 f0 0a 00 00 0a 09 00 64");
        mendChecksum(message);
        Advertisement read = new Advertisement();
        assertNull(
                new AdvertisementCodec(config("v3"))
                        .decode(Packets.packet(message, "10.9.0.1", 255, 0), LOCAL, 0, read));
        assertEquals(10, read.maxAdvertiseIntervalCentis());
    }

    @Test
    void theRoutersOwnAdvertisementIsKnownByItsSource() {
        byte[] message = Packets.bytes("31 33 64 01 00 0a 75 bb 0a 09 00 64");
        assertEquals(
                PacketRejection.OWN,
                new AdvertisementCodec(config("v3"))
                        .decode(
                                Packets.packet(message, "10.9.0.1", 255, 0),
                                IpAddress.parse("10.9.0.1"),
                                0,
                                new Advertisement()));
    }

    /** What a raw socket reads: with the IPv4 header, sometimes padded, sometimes damaged. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "whole,                 45 c0 00 20, 255, 112, '',             ",
        "padded by Ethernet,    45 c0 00 20, 255, 112, 00 00 00 00 00, ",
        "cut off,               45 c0 00 24, 255, 112, '',             IP_LENGTH",
        "total length too low,  45 c0 00 1f, 255, 112, '',             LENGTH",
        "header only,           45 c0 00 14, 255, 112, '',             HEADER_LENGTH",
        "length below header,   45 c0 00 02, 255, 112, '',             HEADER_LENGTH",
        "not IPv4,              65 c0 00 20, 255, 112, '',             IP_HEADER",
        "header of 16 bytes,    44 c0 00 20, 255, 112, '',             IP_HEADER",
        "another protocol,      45 c0 00 20, 255, 17,  '',             IP_HEADER",
        "crossed a router,      45 c0 00 20, 254, 112, '',             TTL",
    })
    void aDatagramIsReadWithItsHeader(
            String name,
            String start,
            int ttl,
            int protocol,
            String tail,
            PacketRejection expected) {
        ByteBuffer datagram = ByteBuffer.allocate(64);
        datagram.put(Packets.bytes("ff ff"));
        datagram.put(Packets.bytes(start)).putInt(0x0001_0000);
        datagram.put((byte) ttl).put((byte) protocol).putShort((short) 0);
        datagram.putInt(IpAddress.parse("10.9.0.1").ipv4Bits()).putInt(Packets.GROUP);
        datagram.put(Packets.bytes("31 33 64 01 00 0a 75 bb 0a 09 00 64")).put(Packets.bytes(tail));
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv4Datagram(datagram, 2, datagram.position() - 2, 0);
        assertEquals(
                expected,
                new AdvertisementCodec(config("v3")).decode(packet, LOCAL, 0, new Advertisement()));
    }

    @Test
    void aDatagramOfAnyLengthIsReadWithoutAnException() {
        ReceivedPacket packet = new ReceivedPacket();
        AdvertisementCodec codec = new AdvertisementCodec(config("v3"));
        for (int length = 0; length < 20; length++) {
            packet.setIpv4Datagram(ByteBuffer.allocate(length), 0, length, 0);
            assertEquals(
                    PacketRejection.IP_HEADER, codec.decode(packet, LOCAL, 0, new Advertisement()));
        }
    }

    @Test
    void aMillionRandomPacketsCauseNoExceptionAndTheValidOnesComeBackAsTheyWere() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (String kind : List.of("v3", "v2", "v2-abc", "v3-two")) {
            VirtualRouterConfig config = config(kind);
            AdvertisementCodec codec = new AdvertisementCodec(config);
            Advertisement read = new Advertisement();
            ByteBuffer out = ByteBuffer.allocate(64);
            byte[] template =
                    Packets.advertisement(
                            config,
                            100,
                            config.advertisementIntervalCentis(),
                            IpAddress.parse("10.9.0.1"));
            ReceivedPacket packet = new ReceivedPacket();
            int valid = 0;
            for (int i = 0; i < PACKETS; i++) {
                byte[] message = mutate(template, random);
                ByteBuffer buffer = ByteBuffer.wrap(message);
                packet.setIpv4(buffer, 0, message.length, 0x0a090001, Packets.GROUP, 255, 0);
                if (codec.decode(packet, LOCAL, 0, read) == null
                        && codec.addresses().isThatOf(read)
                        && read.checksumForm() == formSent(config)) {
                    valid++;
                    out.clear();
                    encode(
                            codec,
                            read.priority(),
                            read.maxAdvertiseIntervalCentis(),
                            read.source(),
                            out);
                    String what = "seed " + seed + ", " + kind + ", packet " + i;
                    assertEquals(message.length, out.position(), what);
                    assertEquals(
                            withoutOptional(message, config),
                            withoutOptional(out.array(), config),
                            what);
                    packet.setIpv4(out, 0, message.length, 0x0a090001, Packets.GROUP, 255, 0);
                    assertNull(codec.decode(packet, LOCAL, 0, read), what);
                }
            }
            assertEquals(
                    true,
                    valid > PACKETS / 250,
                    kind + ": only " + valid + " valid packets were tried");
        }
    }

    private static ChecksumForm formSent(VirtualRouterConfig config) {
        return config.version() == VrrpVersion.V3
                ? ChecksumForm.PSEUDO_HEADER
                : ChecksumForm.MESSAGE_ONLY;
    }

    /** The header as a number without the reserved bits, which the sender may set, and the checksum. */
    private static long withoutOptional(byte[] message, VirtualRouterConfig config) {
        long mask =
                config.version() == VrrpVersion.V3
                        ? 0xffff_ffff_0fff_0000L
                        : 0xffff_ffff_ffff_0000L;
        return ByteBuffer.wrap(message).getLong(0) & mask;
    }

    private static byte[] mutate(byte[] template, Random random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(48)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] message = Arrays.copyOf(template, template.length + random.nextInt(3) / 2);
        int changes = random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            message[random.nextInt(message.length)] = (byte) random.nextInt();
        }
        boolean mend = random.nextBoolean();
        if (mend) {
            ByteBuffer buffer = ByteBuffer.wrap(message);
            buffer.putShort(6, (short) 0);
            long sum = Checksum.sum(buffer, 0, message.length);
            if ((message[0] & 0xf0) == 0x30) {
                sum +=
                        Checksum.pseudoHeader(
                                112,
                                0,
                                0x0a090001,
                                0,
                                Packets.GROUP & 0xffff_ffffL,
                                message.length);
            }
            buffer.putShort(6, (short) Checksum.complement(sum));
        }
        return message;
    }

    @Test
    void aBufferThatIsTooSmallOrLittleEndianIsRefused() {
        AdvertisementCodec codec = new AdvertisementCodec(config("v3"));
        assertThrows(
                BufferOverflowException.class,
                () -> encode(codec, 100, 100, LOCAL, ByteBuffer.allocate(11)));
        ByteBuffer littleEndian = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        assertThrows(
                IllegalArgumentException.class, () -> encode(codec, 100, 100, LOCAL, littleEndian));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReceivedPacket().setIpv4(littleEndian, 0, 12, 1, 2, 255, 0));
    }

    @Test
    void aGratuitousArpIsARequestForTheAddressByTheAddress() {
        // RFC 9568, section 6.4.2, as keepalived fills it.
        ByteBuffer out = ByteBuffer.allocate(64);
        int length = GratuitousArp.encode(IpAddress.parse("10.9.0.100"), 0x0242_ac11_0002L, out);
        assertEquals(GratuitousArp.FRAME_LENGTH, length);
        assertEquals(
                "ff ff ff ff ff ff 02 42 ac 11 00 02 08 06"
                        + " 00 01 08 00 06 04 00 01"
                        + " 02 42 ac 11 00 02 0a 09 00 64"
                        + " ff ff ff ff ff ff 0a 09 00 64",
                Packets.hex(out));
    }
}

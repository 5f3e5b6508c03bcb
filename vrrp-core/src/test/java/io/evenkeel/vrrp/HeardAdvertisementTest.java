package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advertisements as somebody reads them who is part of no virtual router. */
class HeardAdvertisementTest {
    private static final IpAddress SENDER = IpAddress.parse("10.9.0.1");

    @Test
    void version3OverIpv4() {
        assertEquals(
                new HeardAdvertisement(
                        SENDER, 3, 51, 100, 10, List.of(IpAddress.parse("10.9.0.100"))),
                read("31 33 64 01 00 0a 75 bb 0a 09 00 64", 255));
    }

    @Test
    void version2HasItsIntervalInSeconds() {
        assertEquals(
                new HeardAdvertisement(
                        SENDER,
                        2,
                        51,
                        0,
                        200,
                        List.of(IpAddress.parse("10.9.0.100"), IpAddress.parse("10.9.0.101"))),
                read(
                        "21 33 00 02 00 02 00 00 0a 09 00 64 0a 09 00 65 00 00 00 00 00 00 00 00",
                        255));
    }

    @Test
    void version3OverIpv6() {
        ReceivedPacket packet = new ReceivedPacket();
        byte[] bytes =
                HexFormat.of().parseHex("310a640100640000" + "fe800000000000000000000000000064");
        IpAddress source = IpAddress.parse("fe80::1");
        IpAddress group = IpAddress.parse("ff02::12");
        packet.setIpv6(
                ByteBuffer.wrap(bytes),
                0,
                bytes.length,
                source.high(),
                source.low(),
                group.high(),
                group.low(),
                255,
                0);
        assertEquals(
                new HeardAdvertisement(
                        source, 3, 10, 100, 100, List.of(IpAddress.parse("fe80::64"))),
                HeardAdvertisement.of(packet));
    }

    @ParameterizedTest(name = "{0} with TTL {1}")
    @CsvSource({
        // cut off, and nothing at all
        "31 33 64 02 00 0a 75 bb 0a 09 00 64, 255",
        "31 33 64 01 00 0a 75, 255",
        "'', 255",
        // another type, another version
        "32 33 64 01 00 0a 75 bb 0a 09 00 64, 255",
        "41 33 64 01 00 0a 75 bb 0a 09 00 64, 255",
        // through a router
        "31 33 64 01 00 0a 75 bb 0a 09 00 64, 254"
    })
    void whatIsNoSoundAdvertisementIsNone(String hex, int ttl) {
        assertNull(read(hex, ttl));
    }

    @Test
    void aHeaderThatIsNoneIsNoAdvertisement() {
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv4Datagram(ByteBuffer.allocate(40), 0, 40, 0);
        assertNull(HeardAdvertisement.of(packet));
    }

    private static @Nullable HeardAdvertisement read(String hex, int ttl) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv4(
                ByteBuffer.wrap(bytes),
                0,
                bytes.length,
                SENDER.ipv4Bits(),
                AdvertisementCodec.IPV4_GROUP.ipv4Bits(),
                ttl,
                0);
        return HeardAdvertisement.of(packet);
    }
}

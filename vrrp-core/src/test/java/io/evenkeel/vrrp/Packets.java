package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** Makes packets for tests. */
final class Packets {

    static final int GROUP = 0xe000_0012;

    private Packets() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s+", ""));
    }

    static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    static ReceivedPacket packet(byte[] message, String source, int ttl, long arrivalNanos) {
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv4(
                ByteBuffer.wrap(message),
                0,
                message.length,
                IpAddress.parse(source).ipv4Bits(),
                GROUP,
                ttl,
                arrivalNanos);
        return packet;
    }

    static ReceivedPacket ipv6(byte[] message, IpAddress source, IpAddress destination, int hops) {
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv6(
                ByteBuffer.wrap(message),
                0,
                message.length,
                source.high(),
                source.low(),
                destination.high(),
                destination.low(),
                hops,
                0);
        return packet;
    }

    /** The message that a peer with this configuration sends. */
    static byte[] advertisement(
            VirtualRouterConfig peer, int priority, int centis, IpAddress source) {
        ByteBuffer out = ByteBuffer.allocate(1500);
        int length =
                new AdvertisementCodec(peer)
                        .encode(
                                priority,
                                centis,
                                source,
                                AdvertisementCodec.IPV4_GROUP,
                                ChecksumForm.PSEUDO_HEADER,
                                0,
                                out);
        byte[] message = new byte[length];
        out.get(0, message);
        return message;
    }

    /** A valid configuration: VRID 51 on eth0 with 10.9.0.100, version 3, priority 100, 1 s. */
    static VirtualRouterConfig.Builder router() {
        return VirtualRouterConfig.builder("A")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .addresses(List.of(VirtualAddress.of(IpAddress.parse("10.9.0.100"))));
    }
}

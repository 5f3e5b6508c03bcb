package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads and writes the advertisements of one virtual router. */
public final class AdvertisementCodec {

    /** 224.0.0.18, to which IPv4 advertisements go (RFC 9568, section 5.1.1.2). */
    public static final IpAddress IPV4_GROUP = IpAddress.ofIpv4(0xe000_0012);

    public AdvertisementCodec(VirtualRouterConfig config) {}

    public @Nullable PacketRejection decode(
            ReceivedPacket packet, IpAddress localAddress, Advertisement into) {
        throw new UnsupportedOperationException("decode");
    }

    public int encode(int priority, int intervalCentis, IpAddress source, ByteBuffer out) {
        throw new UnsupportedOperationException("encode");
    }
}

package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the advertisements of one virtual router: version 2 over IPv4 (RFC 3768, section
 * 5.1) and version 3 over IPv4 and IPv6 (RFC 9568, section 5.1). Neither way allocates. Where
 * advertisements are signed it remembers what it has signed and seen, so a router has one.
 */
public final class AdvertisementCodec {

    /** 224.0.0.18, to which IPv4 advertisements go (RFC 9568, section 5.1.1.2). */
    public static final IpAddress IPV4_GROUP = IpAddress.ofIpv4(0xe000_0012);

    static final int HEADER_LENGTH = 8;

    private static final int TYPE_ADVERTISEMENT = 1;
    private static final int CHECKSUM_AT = 6;

    private final VirtualRouterConfig config;
    private final int version;
    private final boolean ipv4;
    private final IpAddress group;
    private final AddressSet addresses;
    private final ReceiveChecks checks;
    private final @Nullable HmacTrailer trailer;

    /** A codec for the router that the configuration describes. */
    public AdvertisementCodec(VirtualRouterConfig config) {
        this(config, trailer(config));
    }

    private AdvertisementCodec(VirtualRouterConfig config, @Nullable HmacTrailer trailer) {
        this.config = config;
        this.version = number(config.version());
        this.ipv4 = config.isIpv4();
        this.group = config.destinations().group(ipv4);
        this.addresses = new AddressSet(config.addresses());
        this.trailer = trailer;
        this.checks = new ReceiveChecks(config, addresses, group, trailer);
    }

    /** A codec for another configuration of the same router, which has seen what this one has. */
    AdvertisementCodec reconfigured(VirtualRouterConfig next) {
        HmacTrailer mine = trailer;
        return mine != null && mine.serves(next)
                ? new AdvertisementCodec(next, mine)
                : new AdvertisementCodec(next);
    }

    private static @Nullable HmacTrailer trailer(VirtualRouterConfig config) {
        HmacAuthentication hmac = config.hmac();
        return hmac == null ? null : new HmacTrailer(hmac, config);
    }

    static int number(VrrpVersion version) {
        return version == VrrpVersion.V2 ? 2 : 3;
    }

    AddressSet addresses() {
        return addresses;
    }

    /**
     * Lets a packet climb the ladder of {@link PacketRejection} and reads it.
     *
     * @param packet what arrived
     * @param localAddress the address that this router sends from
     * @param wallNanos when it arrived, nanoseconds since 1970; looked at if advertisements are signed
     * @param into filled if, and only if, the packet is taken; a view of the packet's buffer
     * @return the rung that the packet missed, or null if it missed none
     */
    public @Nullable PacketRejection decode(
            ReceivedPacket packet, IpAddress localAddress, long wallNanos, Advertisement into) {
        return checks.climb(packet, localAddress, wallNanos, into);
    }

    /**
     * Writes an advertisement, without IP header, at the buffer's position and moves the position
     * behind it.
     *
     * @param priority 0 for a release, else 1..255
     * @param intervalCentis 1..4095, or for version 2 100..25500 in steps of 100
     * @param source the address that it will be sent from
     * @param destination the group or peer that it will be sent to
     * @param form what the checksum of version 3 over IPv4 is to cover; others have no choice
     * @param wallNanos nanoseconds since 1970; used if advertisements are signed
     * @param out big endian, with room for 44 bytes and 4 or 16 for each address
     * @return the bytes written
     * @throws java.nio.BufferOverflowException if there is not enough room
     * @throws IllegalArgumentException if the buffer is little endian
     */
    public int encode(
            int priority,
            int intervalCentis,
            IpAddress source,
            IpAddress destination,
            ChecksumForm form,
            long wallNanos,
            ByteBuffer out) {
        requireBigEndian(out);
        int start = out.position();
        putMessage(priority, intervalCentis, out);
        int messageLength = out.position() - start;
        HmacTrailer signer = trailer;
        if (signer != null && signer.signs()) {
            signer.sign(out, start, source, wallNanos);
        }
        int length = out.position() - start;
        // Over IPv4 the trailer is outside of the checksum. Over IPv6 it is inside, because there
        // the
        // kernels of both sides compute it over all that the packet carries.
        int covered = ipv4 ? messageLength : length;
        long sum = Checksum.sum(out, start, covered);
        if (version == 3 && (!ipv4 || form != ChecksumForm.MESSAGE_ONLY)) {
            IpAddress named = ipv4 && form == ChecksumForm.OLD_UNICAST ? group : destination;
            sum +=
                    Checksum.pseudoHeader(
                            ReceivedPacket.PROTOCOL,
                            source.high(),
                            source.low(),
                            named.high(),
                            named.low(),
                            covered);
        }
        out.putShort(start + CHECKSUM_AT, (short) Checksum.complement(sum));
        return length;
    }

    private void putMessage(int priority, int intervalCentis, ByteBuffer out) {
        out.put((byte) (version << 4 | TYPE_ADVERTISEMENT));
        out.put((byte) config.virtualRouterId());
        out.put((byte) priority);
        out.put((byte) addresses.size());
        if (version == 2) {
            out.put((byte) config.authentication().type());
            out.put((byte) (intervalCentis / 100));
        } else {
            out.putShort((short) intervalCentis);
        }
        out.putShort((short) 0);
        for (int i = 0; i < addresses.size(); i++) {
            if (ipv4) {
                out.putInt((int) addresses.low(i));
            } else {
                out.putLong(addresses.high(i)).putLong(addresses.low(i));
            }
        }
        if (version == 2) {
            for (int i = 0; i < Authentication.TRAILER_BYTES; i++) {
                out.put(config.authentication().trailerByte(i));
            }
        }
    }

    static void requireBigEndian(ByteBuffer buffer) {
        if (buffer.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException(
                    "The buffer is little endian; VRRP is in network order, so make it big endian.");
        }
    }
}

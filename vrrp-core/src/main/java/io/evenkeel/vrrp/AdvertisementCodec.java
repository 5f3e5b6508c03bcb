package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the advertisements of one virtual router: versions 2 (RFC 3768, section 5.1) and 3
 * (RFC 9568, section 5.1) over IPv4. Neither way allocates.
 */
public final class AdvertisementCodec {

    /** 224.0.0.18, to which IPv4 advertisements go (RFC 9568, section 5.1.1.2). */
    public static final IpAddress IPV4_GROUP = IpAddress.ofIpv4(0xe000_0012);

    static final int HEADER_LENGTH = 8;

    private static final int TYPE_ADVERTISEMENT = 1;
    private static final int CHECKSUM_AT = 6;

    private final VirtualRouterConfig config;
    private final int version;
    private final int[] addresses;
    private final int[] sortedAddresses;

    /** A codec for the router that the configuration describes. */
    public AdvertisementCodec(VirtualRouterConfig config) {
        this.config = config;
        this.version = config.version() == VrrpVersion.V2 ? 2 : 3;
        this.addresses =
                config.addresses().stream().mapToInt(each -> each.address().ipv4Bits()).toArray();
        this.sortedAddresses = addresses.clone();
        Arrays.sort(sortedAddresses);
    }

    /**
     * Lets a packet climb the ladder of {@link PacketRejection} and reads it.
     *
     * @param packet what arrived
     * @param localAddress the address that this router sends from
     * @param into filled if, and only if, the packet is taken; a view of the packet's buffer
     * @return the rung that the packet missed, or null if it missed none
     */
    public @Nullable PacketRejection decode(
            ReceivedPacket packet, IpAddress localAddress, Advertisement into) {
        PacketRejection rejection = checkEnvelope(packet, localAddress);
        if (rejection != null) {
            return rejection;
        }
        ByteBuffer bytes = packet.buffer();
        int offset = packet.offset();
        int count = bytes.get(offset + 3) & 0xff;
        if (count == 0) {
            return PacketRejection.ADDRESS_COUNT;
        }
        if (packet.length() != messageLength(count)) {
            return PacketRejection.LENGTH;
        }
        ChecksumForm form = checksumForm(packet);
        if (form == null) {
            return PacketRejection.CHECKSUM;
        }
        int intervalCentis;
        if (version == 2) {
            rejection = checkVersion2(bytes, offset, count);
            if (rejection != null) {
                return rejection;
            }
            intervalCentis = (bytes.get(offset + 5) & 0xff) * 100;
        } else {
            // The four upper bits are reserved and ignored (RFC 9568, section 5.2.6).
            intervalCentis = bytes.getShort(offset + 4) & 0xfff;
            if (intervalCentis == 0) {
                return PacketRejection.INTERVAL;
            }
        }
        into.set(packet, intervalCentis, HEADER_LENGTH, form);
        boolean strictVersion2 = version == 2 && config.strict();
        if (strictVersion2
                && into.priority() != ConfigChecks.OWNER_PRIORITY
                && !hasConfiguredAddresses(into)) {
            return PacketRejection.ADDRESSES;
        }
        return null;
    }

    private @Nullable PacketRejection checkEnvelope(ReceivedPacket packet, IpAddress localAddress) {
        if (packet.hasBadHeader()) {
            return PacketRejection.IP_HEADER;
        }
        if (packet.isCutOff()) {
            return PacketRejection.IP_LENGTH;
        }
        if (packet.length() < HEADER_LENGTH) {
            return PacketRejection.HEADER_LENGTH;
        }
        ByteBuffer bytes = packet.buffer();
        int offset = packet.offset();
        if ((bytes.get(offset + 1) & 0xff) != config.virtualRouterId()) {
            return PacketRejection.VIRTUAL_ROUTER_ID;
        }
        if (packet.sourceLow() == localAddress.low()
                && packet.sourceHigh() == localAddress.high()) {
            return PacketRejection.OWN;
        }
        if (packet.ttl() != 255) {
            return PacketRejection.TTL;
        }
        if ((bytes.get(offset) & 0xff) >>> 4 != version) {
            return PacketRejection.VERSION;
        }
        return (bytes.get(offset) & 0x0f) == TYPE_ADVERTISEMENT ? null : PacketRejection.TYPE;
    }

    private int messageLength(int count) {
        return HEADER_LENGTH + 4 * count + (version == 2 ? Authentication.TRAILER_BYTES : 0);
    }

    private @Nullable ChecksumForm checksumForm(ReceivedPacket packet) {
        int length = packet.length();
        long sum = Checksum.sum(packet.buffer(), packet.offset(), length);
        if (version == 3) {
            long pseudoHeader =
                    Checksum.ipv4PseudoHeader(
                            (int) packet.sourceLow(), (int) packet.destinationLow(), length);
            if (Checksum.isRight(sum + pseudoHeader)) {
                return ChecksumForm.PSEUDO_HEADER;
            }
        }
        return Checksum.isRight(sum) ? ChecksumForm.MESSAGE_ONLY : null;
    }

    private @Nullable PacketRejection checkVersion2(ByteBuffer bytes, int offset, int count) {
        Authentication authentication = config.authentication();
        if ((bytes.get(offset + 4) & 0xff) != authentication.type()) {
            return PacketRejection.AUTHENTICATION_TYPE;
        }
        if (authentication.type() != 0) {
            int trailer = offset + HEADER_LENGTH + 4 * count;
            int difference = 0;
            for (int i = 0; i < Authentication.TRAILER_BYTES; i++) {
                difference |= bytes.get(trailer + i) ^ authentication.trailerByte(i);
            }
            if (difference != 0) {
                return PacketRejection.PASSWORD;
            }
        }
        int intervalCentis = (bytes.get(offset + 5) & 0xff) * 100;
        return intervalCentis == config.advertisementIntervalCentis()
                ? null
                : PacketRejection.INTERVAL;
    }

    /** Whether the advertised addresses are the configured ones, in whatever order. */
    boolean hasConfiguredAddresses(Advertisement advertisement) {
        if (advertisement.addressCount() != sortedAddresses.length) {
            return false;
        }
        for (int i = 0; i < sortedAddresses.length; i++) {
            if (Arrays.binarySearch(sortedAddresses, advertisement.ipv4Address(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes an advertisement, without IP header, at the buffer's position and moves the position
     * behind it. The checksum of version 3 includes the pseudo-header to {@link #IPV4_GROUP}, which is
     * the form that keepalived and FRR take.
     *
     * @param priority 0 for a release, else 1..255
     * @param intervalCentis 1..4095, or for version 2 100..25500 in steps of 100
     * @param source the address that it will be sent from
     * @param out big endian, with room for 16 bytes and 4 for each address
     * @return the bytes written
     * @throws java.nio.BufferOverflowException if there is not enough room
     * @throws IllegalArgumentException if the buffer is little endian
     */
    public int encode(int priority, int intervalCentis, IpAddress source, ByteBuffer out) {
        requireBigEndian(out);
        int start = out.position();
        out.put((byte) (version << 4 | TYPE_ADVERTISEMENT));
        out.put((byte) config.virtualRouterId());
        out.put((byte) priority);
        out.put((byte) addresses.length);
        if (version == 2) {
            out.put((byte) config.authentication().type());
            out.put((byte) (intervalCentis / 100));
        } else {
            out.putShort((short) intervalCentis);
        }
        out.putShort((short) 0);
        for (int address : addresses) {
            out.putInt(address);
        }
        if (version == 2) {
            for (int i = 0; i < Authentication.TRAILER_BYTES; i++) {
                out.put(config.authentication().trailerByte(i));
            }
        }
        int length = out.position() - start;
        long sum = Checksum.sum(out, start, length);
        if (version == 3) {
            sum += Checksum.ipv4PseudoHeader(source.ipv4Bits(), IPV4_GROUP.ipv4Bits(), length);
        }
        out.putShort(start + CHECKSUM_AT, (short) Checksum.complement(sum));
        return length;
    }

    static void requireBigEndian(ByteBuffer buffer) {
        if (buffer.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException(
                    "The buffer is little endian; VRRP is in network order, so make it big endian.");
        }
    }
}

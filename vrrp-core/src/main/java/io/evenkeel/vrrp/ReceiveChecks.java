package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The ladder of {@link PacketRejection}, from the envelope of a packet up to what it says. */
final class ReceiveChecks {

    private static final int TYPE_ADVERTISEMENT = 1;

    /** fe80::/10. */
    private static final long LINK_LOCAL = 0xfe80L >>> 6;

    private final VirtualRouterConfig config;
    private final AddressSet addresses;
    private final IpAddress group;
    private final @Nullable HmacTrailer trailer;
    private final int version;
    private final boolean ipv4;

    ReceiveChecks(
            VirtualRouterConfig config,
            AddressSet addresses,
            IpAddress group,
            @Nullable HmacTrailer trailer) {
        this.config = config;
        this.addresses = addresses;
        this.group = group;
        this.trailer = trailer;
        this.version = AdvertisementCodec.number(config.version());
        this.ipv4 = config.isIpv4();
    }

    @Nullable PacketRejection climb(
            ReceivedPacket packet, IpAddress localAddress, long wallNanos, Advertisement into) {
        PacketRejection rejection = checkEnvelope(packet, localAddress);
        if (rejection == null) {
            rejection = checkSender(packet);
        }
        if (rejection == null) {
            rejection = checkHeader(packet);
        }
        if (rejection != null) {
            return rejection;
        }
        ByteBuffer bytes = packet.buffer();
        int offset = packet.offset();
        int count = bytes.get(offset + 3) & 0xff;
        if (count == 0) {
            return PacketRejection.ADDRESS_COUNT;
        }
        int length = messageLength(count);
        boolean trailed = packet.length() == length + HmacTrailer.LENGTH && mayBeTrailed();
        if (packet.length() != length && !trailed) {
            return PacketRejection.LENGTH;
        }
        ChecksumForm form = checksumForm(packet, length);
        if (form == null) {
            return PacketRejection.CHECKSUM;
        }
        rejection = checkSignature(packet, length, trailed, wallNanos);
        return rejection != null ? rejection : checkContent(packet, count, form, into);
    }

    private @Nullable PacketRejection checkEnvelope(ReceivedPacket packet, IpAddress localAddress) {
        if (packet.hasBadHeader()) {
            return PacketRejection.IP_HEADER;
        }
        if (packet.isCutOff()) {
            return PacketRejection.IP_LENGTH;
        }
        if (packet.length() < AdvertisementCodec.HEADER_LENGTH) {
            return PacketRejection.HEADER_LENGTH;
        }
        // The virtual routers of the two families are different ones, even under one VRID.
        if (packet.virtualRouterId() != config.virtualRouterId() || packet.isIpv4() != ipv4) {
            return PacketRejection.VIRTUAL_ROUTER_ID;
        }
        boolean own =
                packet.sourceLow() == localAddress.low()
                        && packet.sourceHigh() == localAddress.high();
        return own ? PacketRejection.OWN : null;
    }

    private @Nullable PacketRejection checkSender(ReceivedPacket packet) {
        Destinations destinations = config.destinations();
        if (!destinations.isUnicast()) {
            boolean toGroup =
                    packet.destinationLow() == group.low()
                            && packet.destinationHigh() == group.high();
            if (!toGroup) {
                return PacketRejection.DESTINATION;
            }
            return packet.ttl() == 255 ? null : PacketRejection.TTL;
        }
        if (packet.isToMulticast()) {
            return PacketRejection.DESTINATION;
        }
        UnicastPeer peer = destinations.peer(packet.sourceHigh(), packet.sourceLow());
        if (peer == null) {
            return destinations.isOnlyPeers() ? PacketRejection.UNKNOWN_PEER : null;
        }
        boolean within = packet.ttl() >= peer.minTtl() && packet.ttl() <= peer.maxTtl();
        return within ? null : PacketRejection.TTL;
    }

    private @Nullable PacketRejection checkHeader(ReceivedPacket packet) {
        int first = packet.buffer().get(packet.offset()) & 0xff;
        if (first >>> 4 != version) {
            return PacketRejection.VERSION;
        }
        return (first & 0x0f) == TYPE_ADVERTISEMENT ? null : PacketRejection.TYPE;
    }

    private int messageLength(int count) {
        return AdvertisementCodec.HEADER_LENGTH
                + (ipv4 ? 4 : 16) * count
                + (version == 2 ? Authentication.TRAILER_BYTES : 0);
    }

    private boolean mayBeTrailed() {
        return trailer != null || config.trailerTolerated();
    }

    private @Nullable ChecksumForm checksumForm(ReceivedPacket packet, int length) {
        long sum = Checksum.sum(packet.buffer(), packet.offset(), length);
        if (version == 2) {
            return Checksum.isRight(sum) ? ChecksumForm.MESSAGE_ONLY : null;
        }
        long high = packet.destinationHigh();
        long low = packet.destinationLow();
        if (Checksum.isRight(sum + pseudoHeader(packet, high, low, length))) {
            return ChecksumForm.PSEUDO_HEADER;
        }
        if (!ipv4) {
            return isRightOverAll(packet) ? ChecksumForm.PSEUDO_HEADER : null;
        }
        if (Checksum.isRight(sum)) {
            return ChecksumForm.MESSAGE_ONLY;
        }
        boolean oldUnicast =
                config.destinations().isUnicast()
                        && Checksum.isRight(
                                sum + pseudoHeader(packet, group.high(), group.low(), length));
        return oldUnicast ? ChecksumForm.OLD_UNICAST : null;
    }

    /** Over IPv6 a signed trailer is covered too, since the kernel of the sender does the sum. */
    private static boolean isRightOverAll(ReceivedPacket packet) {
        int length = packet.length();
        long sum = Checksum.sum(packet.buffer(), packet.offset(), length);
        return Checksum.isRight(
                sum
                        + pseudoHeader(
                                packet, packet.destinationHigh(), packet.destinationLow(), length));
    }

    private static long pseudoHeader(ReceivedPacket packet, long high, long low, int length) {
        return Checksum.pseudoHeader(
                ReceivedPacket.PROTOCOL,
                packet.sourceHigh(),
                packet.sourceLow(),
                high,
                low,
                length);
    }

    private @Nullable PacketRejection checkSignature(
            ReceivedPacket packet, int length, boolean trailed, long wallNanos) {
        HmacTrailer checker = trailer;
        if (checker == null) {
            return null;
        }
        if (!trailed) {
            return checker.demandsTrailer() ? PacketRejection.HMAC_MISSING : null;
        }
        return checker.check(packet, length, wallNanos);
    }

    private @Nullable PacketRejection checkContent(
            ReceivedPacket packet, int count, ChecksumForm form, Advertisement into) {
        ByteBuffer bytes = packet.buffer();
        int offset = packet.offset();
        int intervalCentis;
        if (version == 2) {
            PacketRejection rejection = checkVersion2(bytes, offset, count);
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
        long firstHigh = ipv4 ? 0 : bytes.getLong(offset + AdvertisementCodec.HEADER_LENGTH);
        if (!ipv4 && config.linkLocalFirst() && firstHigh >>> 54 != LINK_LOCAL) {
            return PacketRejection.FIRST_ADDRESS;
        }
        into.set(packet, intervalCentis, form);
        boolean strict = version == 2 && config.strict();
        if (strict && into.priority() != ConfigChecks.OWNER_PRIORITY && !addresses.isThatOf(into)) {
            return PacketRejection.ADDRESSES;
        }
        return null;
    }

    private @Nullable PacketRejection checkVersion2(ByteBuffer bytes, int offset, int count) {
        Authentication authentication = config.authentication();
        if ((bytes.get(offset + 4) & 0xff) != authentication.type()) {
            return PacketRejection.AUTHENTICATION_TYPE;
        }
        if (authentication.type() != 0) {
            int password = offset + AdvertisementCodec.HEADER_LENGTH + 4 * count;
            int difference = 0;
            for (int i = 0; i < Authentication.TRAILER_BYTES; i++) {
                difference |= bytes.get(password + i) ^ authentication.trailerByte(i);
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
}

package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an advertisement says, of whatever virtual router it is: for those who look at a LAN without being part of it. A router
 * checks more ({@link AdvertisementCodec}): neither the checksum nor a password is looked at here.
 *
 * @param source the sender
 * @param version 2 or 3
 * @param virtualRouterId the VRID, 0..255
 * @param priority 0 when the sender releases the addresses, else 1..255
 * @param intervalCentis the interval that it carries, in hundredths of a second
 * @param addresses the virtual addresses, in the order of the packet
 */
public record HeardAdvertisement(
        IpAddress source,
        int version,
        int virtualRouterId,
        int priority,
        int intervalCentis,
        List<IpAddress> addresses) {

    private static final int TYPE_ADVERTISEMENT = 1;

    public HeardAdvertisement {
        addresses = List.copyOf(addresses);
    }

    /**
     * Reads a packet as it arrived.
     *
     * @return the advertisement, or null if the packet is none, is damaged, or may come from outside of the LAN
     */
    public static @Nullable HeardAdvertisement of(ReceivedPacket packet) {
        ByteBuffer bytes = packet.buffer();
        int offset = packet.offset();
        if (packet.hasBadHeader() || packet.length() < AdvertisementCodec.HEADER_LENGTH) {
            return null;
        }
        int version = (bytes.get(offset) & 0xff) >>> 4;
        int size = packet.isIpv4() ? 4 : 16;
        int count = bytes.get(offset + 3) & 0xff;
        boolean sound =
                (bytes.get(offset) & 0x0f) == TYPE_ADVERTISEMENT
                        && (version == 2 || version == 3)
                        && (packet.ttl() == 255 || !packet.isToMulticast())
                        && packet.length() >= AdvertisementCodec.HEADER_LENGTH + size * count;
        if (!sound) {
            return null;
        }
        List<IpAddress> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = offset + AdvertisementCodec.HEADER_LENGTH + size * i;
            addresses.add(
                    packet.isIpv4()
                            ? IpAddress.ofIpv4(bytes.getInt(at))
                            : IpAddress.ofIpv6(bytes.getLong(at), bytes.getLong(at + 8)));
        }
        return new HeardAdvertisement(
                packet.source(),
                version,
                packet.virtualRouterId(),
                bytes.get(offset + 2) & 0xff,
                version == 2
                        ? (bytes.get(offset + 5) & 0xff) * 100
                        : bytes.getShort(offset + 4) & 0x0fff,
                addresses);
    }
}

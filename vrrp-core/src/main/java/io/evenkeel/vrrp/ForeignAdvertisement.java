package io.evenkeel.vrrp;

import java.nio.ByteBuffer;

/**
 * Looks into an advertisement of another virtual router, of either version, for addresses that are
 * this one's.
 */
final class ForeignAdvertisement {

    private ForeignAdvertisement() {}

    /**
     * The index in {@code ours} of the first address that the packet advertises too, or -1. A packet that
     * may come from outside of the LAN or is damaged has none.
     */
    static int firstShared(ReceivedPacket packet, AddressSet ours) {
        ByteBuffer bytes = packet.buffer();
        int offset = packet.offset();
        int version = (bytes.get(offset) & 0xff) >>> 4;
        boolean advertisement = (bytes.get(offset) & 0x0f) == 1;
        int size = packet.isIpv4() ? 4 : 16;
        int count = bytes.get(offset + 3) & 0xff;
        int end = AdvertisementCodec.HEADER_LENGTH + size * count;
        boolean sound =
                advertisement
                        && (version == 2 || version == 3)
                        && (packet.ttl() == 255 || !packet.isToMulticast())
                        && packet.length() >= end;
        if (!sound || isRelease(bytes, offset)) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            int at = offset + AdvertisementCodec.HEADER_LENGTH + size * i;
            long high = packet.isIpv4() ? 0 : bytes.getLong(at);
            long low = packet.isIpv4() ? bytes.getInt(at) & 0xffff_ffffL : bytes.getLong(at + 8);
            int index = ours.indexOf(high, low);
            if (index >= 0) {
                return index;
            }
        }
        return -1;
    }

    /** Whoever releases an address no longer holds it. */
    private static boolean isRelease(ByteBuffer bytes, int offset) {
        return bytes.get(offset + 2) == 0;
    }
}

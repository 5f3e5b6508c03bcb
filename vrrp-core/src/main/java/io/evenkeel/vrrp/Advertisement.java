package io.evenkeel.vrrp;

import java.nio.ByteBuffer;

/**
 * An advertisement, decoded in place: a view of the buffer that holds it, filled again for each packet
 * and valid until then.
 */
public final class Advertisement {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private ByteBuffer buffer = NOTHING;
    private int addressesOffset;
    private int virtualRouterId;
    private int priority;
    private int addressCount;
    private int intervalCentis;
    private ChecksumForm checksumForm = ChecksumForm.MESSAGE_ONLY;
    private long sourceHigh;
    private long sourceLow;
    private boolean ipv4 = true;

    /** An empty view, to be filled by {@link AdvertisementCodec#decode}. */
    public Advertisement() {}

    void set(ReceivedPacket packet, int intervalCentis, ChecksumForm checksumForm) {
        ByteBuffer bytes = packet.buffer();
        int offset = packet.offset();
        this.buffer = bytes;
        this.addressesOffset = offset + AdvertisementCodec.HEADER_LENGTH;
        this.virtualRouterId = bytes.get(offset + 1) & 0xff;
        this.priority = bytes.get(offset + 2) & 0xff;
        this.addressCount = bytes.get(offset + 3) & 0xff;
        this.intervalCentis = intervalCentis;
        this.checksumForm = checksumForm;
        this.ipv4 = packet.isIpv4();
        this.sourceHigh = packet.sourceHigh();
        this.sourceLow = packet.sourceLow();
    }

    public int virtualRouterId() {
        return virtualRouterId;
    }

    /** 0 when the sender releases the addresses, else 1..255. */
    public int priority() {
        return priority;
    }

    /** 1..255. */
    public int addressCount() {
        return addressCount;
    }

    /**
     * An advertised address; a new value each time.
     *
     * @throws IndexOutOfBoundsException if there is no such address
     */
    public IpAddress address(int index) {
        return ipv4
                ? IpAddress.ofIpv4((int) addressLow(index))
                : IpAddress.ofIpv6(addressHigh(index), addressLow(index));
    }

    /** The first eight bytes of an IPv6 address, 0 for IPv4. */
    long addressHigh(int index) {
        requireIndex(index);
        return ipv4 ? 0 : buffer.getLong(addressesOffset + 16 * index);
    }

    /** The last eight bytes of an IPv6 address; the four octets of an IPv4 address, unsigned. */
    long addressLow(int index) {
        requireIndex(index);
        return ipv4
                ? buffer.getInt(addressesOffset + 4 * index) & 0xffff_ffffL
                : buffer.getLong(addressesOffset + 16 * index + 8);
    }

    private void requireIndex(int index) {
        if (index < 0 || index >= addressCount) {
            throw new IndexOutOfBoundsException(
                    "Address " + index + " of an advertisement with " + addressCount + ".");
        }
    }

    /** The interval that it carries, in hundredths of a second, also for version 2. */
    public int maxAdvertiseIntervalCentis() {
        return intervalCentis;
    }

    /** Which form of checksum was right. */
    public ChecksumForm checksumForm() {
        return checksumForm;
    }

    /** The sender; a new value each time. */
    public IpAddress source() {
        return ipv4 ? IpAddress.ofIpv4((int) sourceLow) : IpAddress.ofIpv6(sourceHigh, sourceLow);
    }

    long sourceHigh() {
        return sourceHigh;
    }

    long sourceLow() {
        return sourceLow;
    }

    /** Negative, zero or positive as the sender's address is below, the same as or above this one. */
    int compareSourceTo(IpAddress address) {
        int byHigh = Long.compareUnsigned(sourceHigh, address.high());
        return byHigh != 0 ? byHigh : Long.compareUnsigned(sourceLow, address.low());
    }
}

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

    void set(
            ReceivedPacket packet,
            int intervalCentis,
            int headerLength,
            ChecksumForm checksumForm) {
        ByteBuffer bytes = packet.buffer();
        int offset = packet.offset();
        this.buffer = bytes;
        this.addressesOffset = offset + headerLength;
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

    /** Octets of an advertised IPv4 address, the first in the most significant byte. */
    public int ipv4Address(int index) {
        if (index < 0 || index >= addressCount) {
            throw new IndexOutOfBoundsException(
                    "Address " + index + " of an advertisement with " + addressCount + ".");
        }
        return buffer.getInt(addressesOffset + 4 * index);
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

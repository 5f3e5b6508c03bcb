package io.evenkeel.vrrp;

import java.nio.ByteBuffer;

/**
 * A packet as it arrived. The driver has one, fills it for each packet and hands it to the routers;
 * they keep neither it nor its buffer.
 */
public final class ReceivedPacket {

    static final int PROTOCOL = 112;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final int IPV4_HEADER = 20;

    private ByteBuffer buffer = NOTHING;
    private int offset;
    private int length;
    private boolean ipv4 = true;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int ttl;
    private boolean badHeader;
    private boolean cutOff;
    private long arrivalNanos;

    /** A packet of no bytes, to be set. */
    public ReceivedPacket() {}

    /**
     * Takes a VRRP message without an IP header.
     *
     * @param buffer big endian; read with absolute gets, so that its position does not move
     * @param offset index of the message's first byte
     * @param length bytes of the message
     * @param source the sender's IPv4 address, first octet in the most significant byte
     * @param destination where the packet was sent to
     * @param ttl 0..255
     * @param arrivalNanos when it arrived, if possible by the kernel's account: timers count from there
     */
    public void setIpv4(
            ByteBuffer buffer,
            int offset,
            int length,
            int source,
            int destination,
            int ttl,
            long arrivalNanos) {
        message(buffer, offset, length, ttl, arrivalNanos);
        this.ipv4 = true;
        this.sourceHigh = 0;
        this.sourceLow = source & 0xffff_ffffL;
        this.destinationHigh = 0;
        this.destinationLow = destination & 0xffff_ffffL;
    }

    /**
     * Takes a VRRP message that came over IPv6; a raw socket reads it without a header, and what was in
     * the header comes beside it.
     *
     * @param buffer big endian; read with absolute gets, so that its position does not move
     * @param offset index of the message's first byte
     * @param length bytes of the message
     * @param sourceHigh the first eight bytes of the sender's address
     * @param sourceLow the last eight bytes
     * @param destinationHigh the first eight bytes of where the packet was sent to
     * @param destinationLow the last eight bytes
     * @param hopLimit 0..255
     * @param arrivalNanos when it arrived, if possible by the kernel's account
     */
    public void setIpv6(
            ByteBuffer buffer,
            int offset,
            int length,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int hopLimit,
            long arrivalNanos) {
        message(buffer, offset, length, hopLimit, arrivalNanos);
        this.ipv4 = false;
        this.sourceHigh = sourceHigh;
        this.sourceLow = sourceLow;
        this.destinationHigh = destinationHigh;
        this.destinationLow = destinationLow;
    }

    private void message(ByteBuffer buffer, int offset, int length, int ttl, long arrivalNanos) {
        AdvertisementCodec.requireBigEndian(buffer);
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.ttl = ttl;
        this.badHeader = false;
        this.cutOff = false;
        this.arrivalNanos = arrivalNanos;
    }

    /**
     * Takes a packet with its IPv4 header, which is what a raw socket reads. A header that is wrong is
     * no error here: the routers count and report it.
     *
     * @param buffer big endian; read with absolute gets
     * @param offset index of the header's first byte
     * @param length bytes received; more than the header promises is padding and is ignored
     * @param arrivalNanos when it arrived
     */
    public void setIpv4Datagram(ByteBuffer buffer, int offset, int length, long arrivalNanos) {
        int headerLength = length < IPV4_HEADER ? 0 : (buffer.get(offset) & 0x0f) * 4;
        boolean bad =
                headerLength < IPV4_HEADER
                        || headerLength > length
                        || (buffer.get(offset) & 0xf0) != 0x40
                        || (buffer.get(offset + 9) & 0xff) != PROTOCOL;
        if (bad) {
            int source = length < 16 ? 0 : buffer.getInt(offset + 12);
            setIpv4(buffer, offset, 0, source, 0, 0, arrivalNanos);
            badHeader = true;
            return;
        }
        int total = buffer.getShort(offset + 2) & 0xffff;
        setIpv4(
                buffer,
                offset + headerLength,
                Math.max(0, Math.min(total, length) - headerLength),
                buffer.getInt(offset + 12),
                buffer.getInt(offset + 16),
                buffer.get(offset + 8) & 0xff,
                arrivalNanos);
        cutOff = total > length;
    }

    /** The sender; a new value each time. */
    public IpAddress source() {
        return ipv4 ? IpAddress.ofIpv4((int) sourceLow) : IpAddress.ofIpv6(sourceHigh, sourceLow);
    }

    /** Where it was sent to; a new value each time. */
    public IpAddress destination() {
        return ipv4
                ? IpAddress.ofIpv4((int) destinationLow)
                : IpAddress.ofIpv6(destinationHigh, destinationLow);
    }

    /** When the packet arrived. */
    public long arrivalNanos() {
        return arrivalNanos;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    boolean isIpv4() {
        return ipv4;
    }

    long sourceHigh() {
        return sourceHigh;
    }

    long sourceLow() {
        return sourceLow;
    }

    long destinationHigh() {
        return destinationHigh;
    }

    long destinationLow() {
        return destinationLow;
    }

    /** Whether it was sent to a multicast group, and not to one host. */
    public boolean isToMulticast() {
        return ipv4 ? destinationLow >>> 28 == 0xe : destinationHigh >>> 56 == 0xff;
    }

    /** The second byte of the message, which has at least two. */
    int virtualRouterId() {
        return buffer.get(offset + 1) & 0xff;
    }

    int ttl() {
        return ttl;
    }

    boolean hasBadHeader() {
        return badHeader;
    }

    boolean isCutOff() {
        return cutOff;
    }
}

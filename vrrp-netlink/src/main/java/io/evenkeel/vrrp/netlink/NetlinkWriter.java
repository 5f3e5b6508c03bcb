package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import java.nio.ByteBuffer;

/** Writes netlink messages and their attributes into a buffer in native byte order. */
final class NetlinkWriter {
    private final ByteBuffer out;
    private int start;

    NetlinkWriter(ByteBuffer out) {
        this.out = out;
    }

    /** Starts a message at the buffer's position. */
    NetlinkWriter message(int type, int flags, int sequence) {
        start = out.position();
        out.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
        return this;
    }

    NetlinkWriter putByte(int value) {
        out.put((byte) value);
        return this;
    }

    NetlinkWriter putShort(int value) {
        out.putShort((short) value);
        return this;
    }

    NetlinkWriter putInt(int value) {
        out.putInt(value);
        return this;
    }

    /** An attribute that is one address in network byte order. */
    NetlinkWriter addressAttribute(int type, IpAddress address) {
        return addressAttribute(type, address, 0);
    }

    /** The same with this many bytes behind the address, which the caller writes. */
    NetlinkWriter addressAttribute(int type, IpAddress address, int more) {
        if (address.isIpv4()) {
            attributeHeader(type, 4 + more);
            putNetworkInt(address.ipv4Bits());
        } else {
            attributeHeader(type, 16 + more);
            putNetworkInt((int) (address.high() >>> 32));
            putNetworkInt((int) address.high());
            putNetworkInt((int) (address.low() >>> 32));
            putNetworkInt((int) address.low());
        }
        return this;
    }

    /** An attribute that is one number of four bytes in native byte order. */
    NetlinkWriter intAttribute(int type, int value) {
        attributeHeader(type, 4);
        out.putInt(value);
        return this;
    }

    /** An attribute that is one number of four bytes in network byte order. */
    NetlinkWriter networkIntAttribute(int type, int value) {
        attributeHeader(type, 4);
        putNetworkInt(value);
        return this;
    }

    /** An attribute that is these bytes. */
    NetlinkWriter bytesAttribute(int type, byte[] bytes) {
        attributeHeader(type, bytes.length);
        out.put(bytes);
        pad();
        return this;
    }

    /** An attribute that is a hardware address, given in the lower 48 bits. */
    NetlinkWriter macAttribute(int type, long mac) {
        attributeHeader(type, 6);
        for (int shift = 40; shift >= 0; shift -= 8) {
            out.put((byte) (mac >>> shift));
        }
        pad();
        return this;
    }

    /** Starts an attribute that holds those which follow, up to {@link #endNest} with what this returns. */
    int beginNest(int type) {
        int position = out.position();
        attributeHeader(type, 0);
        return position;
    }

    NetlinkWriter endNest(int position) {
        out.putShort(position, (short) (out.position() - position));
        return this;
    }

    /** An attribute that is one byte. */
    NetlinkWriter byteAttribute(int type, int value) {
        attributeHeader(type, 1);
        out.put((byte) value);
        pad();
        return this;
    }

    /** What follows a message's header, as it was read. */
    NetlinkWriter payload(byte[] bytes) {
        out.put(bytes);
        return this;
    }

    /** An attribute that is a string with its terminating zero. */
    NetlinkWriter stringAttribute(int type, String value) {
        attributeHeader(type, value.length() + 1);
        for (int i = 0; i < value.length(); i++) {
            out.put((byte) value.charAt(i));
        }
        out.put((byte) 0);
        pad();
        return this;
    }

    /** Starts an attribute of this many bytes; the caller writes them. */
    NetlinkWriter attributeHeader(int type, int length) {
        out.putShort((short) (Netlink.ATTRIBUTE_HEADER_SIZE + length)).putShort((short) type);
        return this;
    }

    /** Ends the message: its length is now known. */
    void end() {
        out.putInt(start, out.position() - start);
    }

    private void putNetworkInt(int value) {
        out.put((byte) (value >> 24))
                .put((byte) (value >> 16))
                .put((byte) (value >> 8))
                .put((byte) value);
    }

    private void pad() {
        while ((out.position() - start) % 4 != 0) {
            out.put((byte) 0);
        }
    }
}

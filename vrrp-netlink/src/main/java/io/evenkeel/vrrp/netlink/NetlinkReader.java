package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.ATTRIBUTE_HEADER_SIZE;
import static io.evenkeel.vrrp.netlink.Netlink.HEADER_SIZE;
import static io.evenkeel.vrrp.netlink.Netlink.NLMSGERR_ATTR_MSG;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_ACK_TLVS;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_CAPPED;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over the messages in a buffer and over the attributes of one message. A message or attribute that claims more bytes
 * than there are ends the iteration.
 */
final class NetlinkReader {
    private static final int ATTRIBUTE_TYPE_MASK = 0x3fff;

    /** An error and the header of the request. */
    private static final int ERROR_SIZE = 4 + HEADER_SIZE;

    private ByteBuffer in;
    private int limit;
    private int message;
    private int messageEnd;
    private int attribute;
    private int attributeEnd;

    NetlinkReader(ByteBuffer in, int length) {
        this.in = in;
        reset(in, length);
    }

    /** Starts over with other bytes: from position 0 of the buffer up to the length. */
    void reset(ByteBuffer bytes, int length) {
        in = bytes;
        limit = length;
        message = 0;
        messageEnd = 0;
    }

    boolean nextMessage() {
        message = align(messageEnd);
        if (message + HEADER_SIZE > limit) {
            return false;
        }
        int length = in.getInt(message);
        if (length < HEADER_SIZE || length > limit - message) {
            return false;
        }
        messageEnd = message + length;
        attributeEnd = messageEnd;
        return true;
    }

    int type() {
        return in.getShort(message + 4) & 0xffff;
    }

    int flags() {
        return in.getShort(message + 6) & 0xffff;
    }

    int sequence() {
        return in.getInt(message + 8);
    }

    /** The number of bytes after the message's header. */
    int payloadLength() {
        return messageEnd - message - HEADER_SIZE;
    }

    /** What follows the message's header. */
    byte[] payload() {
        byte[] bytes = new byte[payloadLength()];
        in.get(message + HEADER_SIZE, bytes);
        return bytes;
    }

    /** The kernel's sentence in the NLMSG_ERROR at which the reader stands, empty if there is none. */
    String explanation() {
        if ((flags() & NLM_F_ACK_TLVS) == 0 || payloadLength() < ERROR_SIZE) {
            return "";
        }
        int request = (flags() & NLM_F_CAPPED) != 0 ? HEADER_SIZE : payloadInt(4);
        if (request < HEADER_SIZE || request > payloadLength()) {
            return "";
        }
        rewindAttributes(4 + request);
        while (nextAttribute()) {
            if (attributeType() == NLMSGERR_ATTR_MSG) {
                return attributeString();
            }
        }
        return "";
    }

    int payloadByte(int offset) {
        return in.get(message + HEADER_SIZE + offset) & 0xff;
    }

    int payloadShort(int offset) {
        return in.getShort(message + HEADER_SIZE + offset) & 0xffff;
    }

    int payloadInt(int offset) {
        return in.getInt(message + HEADER_SIZE + offset);
    }

    /** Goes before the first attribute, which follows a fixed part of this many bytes. */
    void rewindAttributes(int fixedSize) {
        attributeEnd = message + HEADER_SIZE + align(fixedSize);
    }

    boolean nextAttribute() {
        attribute = align(attributeEnd);
        if (attribute + ATTRIBUTE_HEADER_SIZE > messageEnd) {
            return false;
        }
        int length = in.getShort(attribute) & 0xffff;
        if (length < ATTRIBUTE_HEADER_SIZE || length > messageEnd - attribute) {
            return false;
        }
        attributeEnd = attribute + length;
        return true;
    }

    int attributeType() {
        return in.getShort(attribute + 2) & ATTRIBUTE_TYPE_MASK;
    }

    int attributeLength() {
        return attributeEnd - attribute - ATTRIBUTE_HEADER_SIZE;
    }

    int attributeByte() {
        return in.get(attribute + ATTRIBUTE_HEADER_SIZE) & 0xff;
    }

    int attributeInt(int offset) {
        return in.getInt(attribute + ATTRIBUTE_HEADER_SIZE + offset);
    }

    byte[] attributeBytes() {
        byte[] bytes = new byte[attributeLength()];
        in.get(attribute + ATTRIBUTE_HEADER_SIZE, bytes);
        return bytes;
    }

    /** A cursor over the attributes that this one holds. */
    NetlinkReader nested() {
        NetlinkReader inner = new NetlinkReader(in, limit);
        inner.messageEnd = attributeEnd;
        inner.attributeEnd = attribute + ATTRIBUTE_HEADER_SIZE;
        return inner;
    }

    /** The attribute as a hardware address in the lower 48 bits; 0 if it is none of six bytes. */
    long attributeMac() {
        if (attributeLength() != 6) {
            return 0;
        }
        long mac = 0;
        for (int i = 0; i < 6; i++) {
            mac = mac << 8 | in.get(attribute + ATTRIBUTE_HEADER_SIZE + i) & 0xff;
        }
        return mac;
    }

    /** The attribute as a string without its terminating zero. */
    String attributeString() {
        byte[] bytes = attributeBytes();
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int align(int offset) {
        return offset + 3 & ~3;
    }
}

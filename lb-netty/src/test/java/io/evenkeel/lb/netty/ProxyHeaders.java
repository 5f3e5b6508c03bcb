package io.evenkeel.lb.netty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Makes headers of the PROXY protocol for tests, well-formed or not. */
final class ProxyHeaders {
    static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    /** From 192.0.2.1:4660 to 198.51.100.2:443. */
    static final String TCP4 = "c0000201" + "c6336402" + "1234" + "01bb";

    private ProxyHeaders() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Of version 2, with that rest after its length. */
    static byte[] binary(int command, int family, String rest) {
        byte[] after = bytes(rest);
        return ByteBuffer.allocate(16 + after.length)
                .put(bytes(SIGNATURE))
                .put((byte) command)
                .put((byte) family)
                .putShort((short) after.length)
                .put(after)
                .array();
    }

    static String tlv(int type, String value) {
        return String.format("%02x%04x", type, value.length() / 2) + value;
    }

    /** Of version 2 with a checksum that is right, in front of other type-length-values. */
    static byte[] summed(int command, int family, String addresses, String others) {
        byte[] header = binary(command, family, addresses + tlv(3, "00000000") + others);
        CRC32C sum = new CRC32C();
        sum.update(header);
        ByteBuffer.wrap(header).putInt(16 + addresses.length() / 2 + 3, (int) sum.getValue());
        return header;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

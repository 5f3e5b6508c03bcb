package io.evenkeel.vrrp.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Bytes as the tables of the tests write them: hexadecimal, with blanks wherever they help. */
final class Hex {
    private Hex() {}

    static ByteBuffer bytes(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The written part of the buffer, in groups of four bytes. */
    static String of(ByteBuffer written) {
        return of(written, written.position());
    }

    static String of(ByteBuffer bytes, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(i > 0 && i % 4 == 0 ? " " : "").append(String.format("%02x", bytes.get(i)));
        }
        return text.toString();
    }

    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    static String lines(String... lines) {
        return String.join(" ", lines);
    }
}

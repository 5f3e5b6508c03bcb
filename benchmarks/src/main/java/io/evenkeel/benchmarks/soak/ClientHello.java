package io.evenkeel.benchmarks.soak;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first record of a TLS client that asks for a name; nobody answers it here, since TLS passes through. */
final class ClientHello {
    private ClientHello() {}

    static byte[] of(String serverName) {
        byte[] name = serverName.getBytes(StandardCharsets.US_ASCII);
        int extensions = 4 + 5 + name.length;
        int body = 2 + 32 + 1 + 4 + 2 + 2 + extensions;
        return ByteBuffer.allocate(5 + 4 + body)
                .put((byte) 22)
                .putShort((short) 0x0301)
                .putShort((short) (4 + body))
                .putInt(1 << 24 | body)
                .putShort((short) 0x0303)
                .put(new byte[32])
                .put((byte) 0)
                .putShort((short) 2)
                .putShort((short) 0x1301)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) extensions)
                .putShort((short) 0)
                .putShort((short) (5 + name.length))
                .putShort((short) (3 + name.length))
                .put((byte) 0)
                .putShort((short) name.length)
                .put(name)
                .array();
    }
}

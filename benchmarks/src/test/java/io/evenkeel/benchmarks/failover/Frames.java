package io.evenkeel.benchmarks.failover;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** A capture file in the making. */
final class Frames {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Frames() {
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
        header.putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4);
        header.putLong(0).putInt(96).putInt(1);
        bytes.writeBytes(header.array());
    }

    Frames add(int seconds, int nanos, String hex) {
        byte[] frame = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        header.putInt(seconds).putInt(nanos).putInt(frame.length).putInt(frame.length);
        bytes.writeBytes(header.array());
        bytes.writeBytes(frame);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}

package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A client of {@link Sink}. */
final class Upload {
    private static final int BUFFER_BYTES = 256 * 1024;

    private Upload() {}

    /**
     * Sends that many bytes.
     *
     * @return the seconds until the sink had them all
     */
    static double send(InetSocketAddress address, long bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        long start = System.nanoTime();
        try (SocketChannel channel = SocketChannel.open(address)) {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).putLong(0, bytes);
            while (length.hasRemaining()) {
                channel.write(length);
            }
            for (long left = bytes; left > 0; left -= buffer.position()) {
                buffer.position(0).limit((int) Math.min(left, BUFFER_BYTES));
                channel.write(buffer);
            }
            if (channel.read(ByteBuffer.allocate(1)) != 1) {
                throw new SideBySideException("An upload broke off.");
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }
}

package io.evenkeel.benchmarks.crowd;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** What each client of a crowd does, now and then. */
enum SlowClient {
    /** Sends a TLS ClientHello, a byte every ten seconds. */
    HELLO(10_000) {
        @Override
        void prepare(SocketChannel channel) {
            // As it is.
        }

        @Override
        void begin(SocketChannel channel) throws IOException {
            goOn(channel, 0);
        }

        @Override
        void goOn(SocketChannel channel, int turn) throws IOException {
            // A handshake record of 512 bytes with a ClientHello of 508; the rest is never looked
            // at.
            byte[] start = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};
            channel.write(ByteBuffer.wrap(new byte[] {turn < start.length ? start[turn] : 7}));
        }
    },

    /** Asks for a long answer and reads a thousand bytes of it a second. */
    READER(1_000) {
        @Override
        void prepare(SocketChannel channel) throws IOException {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        }

        @Override
        void begin(SocketChannel channel) throws IOException {
            channel.write(
                    ByteBuffer.wrap(
                            "GET /bulk HTTP/1.1\r\nHost: crowd\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        void goOn(SocketChannel channel, int turn) throws IOException {
            if (channel.read(ByteBuffer.allocate(1000)) < 0) {
                throw new IOException("It was closed.");
            }
        }
    };

    private final long intervalMillis;

    SlowClient(long intervalMillis) {
        this.intervalMillis = intervalMillis;
    }

    long intervalMillis() {
        return intervalMillis;
    }

    abstract void prepare(SocketChannel channel) throws IOException;

    abstract void begin(SocketChannel channel) throws IOException;

    /** @param turn 1 and up */
    abstract void goOn(SocketChannel channel, int turn) throws IOException;
}

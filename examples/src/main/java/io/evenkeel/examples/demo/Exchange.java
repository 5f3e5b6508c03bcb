package io.evenkeel.examples.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One HTTP request on a connection of its own, driven by {@link RequestClient}'s selector. */
final class Exchange {
    private static final int LONGEST_ANSWER_BYTES = 2048;

    private final SocketChannel channel;
    private final long startedNanos;
    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER_BYTES);

    private Exchange(SocketChannel channel, InetSocketAddress address, long startedNanos) {
        this.channel = channel;
        this.startedNanos = startedNanos;
        String host = address.getAddress().getHostAddress() + ":" + address.getPort();
        this.request =
                ByteBuffer.wrap(
                        ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
    }

    static void begin(InetSocketAddress address, Selector selector, long now) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(address);
            int interest = connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
            channel.register(selector, interest, new Exchange(channel, address, now));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    long startedNanos() {
        return startedNanos;
    }

    /** Does what the socket is ready for; the answer, once there is one. */
    @Nullable Answer proceed(SelectionKey key) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_WRITE);
            } else if (key.isWritable()) {
                channel.write(request);
                if (!request.hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            } else if (key.isReadable() && (channel.read(answer) < 0 || !answer.hasRemaining())) {
                return read(System.nanoTime());
            }
            return null;
        } catch (IOException e) {
            return Answer.failed(startedNanos, System.nanoTime(), reason(e));
        }
    }

    private Answer read(long now) {
        String text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        if (text.isEmpty()) {
            return Answer.failed(startedNanos, now, "closed without an answer");
        }
        int body = text.indexOf("\r\n\r\n");
        if (body < 0 || !text.startsWith("HTTP/1.1 200 ")) {
            return Answer.failed(startedNanos, now, "answered " + text.lines().findFirst().get());
        }
        String[] words = text.substring(body).trim().split(" ");
        if (words.length != 2 || !text.endsWith("\n")) {
            return Answer.failed(startedNanos, now, "cut off");
        }
        return Answer.of(startedNanos, now, words[0], words[1]);
    }

    static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("refused")
                ? "refused"
                : message.contains("reset") ? "reset" : message;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // A socket that cannot be closed is gone already; the exchange is over either way.
            request.clear();
        }
    }
}

package io.evenkeel.examples.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Many clients that come within a short time; each sends a byte and waits for one. */
final class ManyClients {
    private final String address;
    private final int port;
    private final int count;
    private final long withinNanos;
    private final ByteBuffer buffer = ByteBuffer.allocate(16);
    private int started;
    private int answered;
    private int failed;
    private String failure = "";

    ManyClients(String address, int port, int count, Duration within) {
        this.address = address;
        this.port = port;
        this.count = count;
        this.withinNanos = within.toNanos();
    }

    /**
     * What became of them.
     *
     * @param failure of the last one that failed
     */
    record Outcome(int answered, int failed, String failure, long nanos) {}

    /** Runs all on this thread, in its network namespace; gives up those that are left at the limit. */
    Outcome run(Duration limit) throws IOException {
        long start = System.nanoTime();
        try (Selector selector = Selector.open()) {
            while (answered + failed < count && System.nanoTime() - start < limit.toNanos()) {
                long due = Math.min(count, count * (System.nanoTime() - start) / withinNanos);
                while (started < due) {
                    connect(selector);
                }
                selector.select(this::onReady, started < count ? 1 : 100);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return new Outcome(answered, failed, failure, System.nanoTime() - start);
    }

    private void connect(Selector selector) throws IOException {
        started++;
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_CONNECT);
        channel.connect(new InetSocketAddress(address, port));
    }

    private void onReady(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                channel.write(ByteBuffer.wrap(new byte[] {'x'}));
                key.interestOps(SelectionKey.OP_READ);
            } else if (channel.read(buffer.clear()) > 0) {
                answered++;
                channel.close();
            } else {
                throw new IOException("It was closed without an answer");
            }
        } catch (IOException e) {
            failed++;
            failure = e.toString();
            closeQuietly(channel);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("A socket cannot be closed", e);
        }
    }
}

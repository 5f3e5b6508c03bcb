package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Fetches {@link Arena#BULK_PATH} again and again, on some connections at once, until it is closed. */
final class Downloads implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final InetSocketAddress web;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final long startNanos = System.nanoTime();
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    Downloads(InetSocketAddress web, int connections) {
        this.web = web;
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(this::fetch, "download-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void fetch() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        byte[] request =
                "GET %s HTTP/1.0\r\n\r\n"
                        .formatted(Arena.BULK_PATH)
                        .getBytes(StandardCharsets.US_ASCII);
        while (!closed) {
            try (SocketChannel channel = SocketChannel.open(web)) {
                channel.write(ByteBuffer.wrap(request));
                long read = 0;
                while (!closed) {
                    int n = channel.read(buffer.clear());
                    if (n < 0) {
                        break;
                    }
                    read += n;
                    bytes.addAndGet(n);
                }
                if (!closed && read < Arena.BULK_BYTES) {
                    throw new ClosedChannelException();
                }
            } catch (IOException e) {
                failure = e;
                return;
            }
        }
    }

    /** How much all together got in a second until now. */
    double bytesPerSecond() {
        IOException broken = failure;
        if (broken != null) {
            throw new SideBySideException("A download broke off: " + broken, broken);
        }
        return bytes.get() / ((System.nanoTime() - startNanos) / 1e9);
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

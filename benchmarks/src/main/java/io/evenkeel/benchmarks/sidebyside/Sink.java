package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A server that takes what it is sent and keeps nothing. A client says first how many bytes will come, in eight of them, and gets one
 * byte back when they have come. Thread safe.
 */
final class Sink implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 * 1024;

    private static final long LONGEST_CLOSE_MILLIS = 5_000;

    private final ServerSocketChannel server;
    private final Thread accepting;

    private Sink(ServerSocketChannel server) {
        this.server = server;
        accepting = start(this::accept, "sink");
    }

    /** Listens there, on a daemon thread. */
    static Sink open(InetSocketAddress address) throws IOException {
        return new Sink(ServerSocketChannel.open().bind(address));
    }

    private static Thread start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                start(() -> take(client), "sink-connection");
            } catch (IOException e) {
                // It was closed, which ends the loop, or a client left before it was accepted.
                continue;
            }
        }
    }

    private static void take(SocketChannel client) {
        try (client) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            while (buffer.position() < Long.BYTES) {
                if (client.read(buffer) < 0) {
                    // A health check.
                    return;
                }
            }
            long left = buffer.getLong(0) - (buffer.position() - Long.BYTES);
            while (left > 0) {
                buffer.clear();
                int read = client.read(buffer);
                if (read < 0) {
                    return;
                }
                left -= read;
            }
            client.write(ByteBuffer.wrap(new byte[] {1}));
        } catch (IOException e) {
            // Its client finds out by the byte that does not come.
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            // The address is free when nobody waits for a connection any more.
            accepting.join(LONGEST_CLOSE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException("The sink cannot be closed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

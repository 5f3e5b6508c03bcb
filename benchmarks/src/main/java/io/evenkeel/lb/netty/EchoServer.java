package io.evenkeel.lb.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A server on a port of 127.0.0.1 that sends back what it gets. A connection has a thread, which takes the next one when it has ended, so
 * that the steady state starts none. Thread safe.
 */
final class EchoServer implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int BACKLOG = 1024;
    private static final int BUFFER = 16 * 1024;

    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocketChannel listener;

    /** Listens; where. */
    InetSocketAddress start() throws IOException {
        ServerSocketChannel opened = ServerSocketChannel.open();
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener = opened;
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> serve(opened), "echo-server-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return (InetSocketAddress) opened.getLocalAddress();
    }

    private void serve(ServerSocketChannel from) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        while (from.isOpen()) {
            try (SocketChannel connection = from.accept()) {
                open.add(connection);
                try {
                    echo(connection, buffer);
                } finally {
                    open.remove(connection);
                }
            } catch (ClosedChannelException e) {
                // The server is closed, and the loop ends.
            } catch (IOException e) {
                // The client has reset its connection, and is seen to have failed by itself.
            }
        }
    }

    private static void echo(SocketChannel connection, ByteBuffer buffer) throws IOException {
        connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        while (connection.read(buffer.clear()) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                connection.write(buffer);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (listener != null) {
            listener.close();
        }
        for (SocketChannel connection : open) {
            connection.close();
        }
    }
}

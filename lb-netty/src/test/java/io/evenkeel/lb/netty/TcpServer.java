package io.evenkeel.lb.netty;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a local port that does with each connection what a test says, on a thread for each. */
final class TcpServer implements AutoCloseable {
    /** What to do with a connection; it is closed afterwards. */
    interface Conversation {
        void run(Socket connection) throws Exception;
    }

    private static final int FIRST_PORT = 12_000;
    private static final int PORTS = 20_000;
    private static final int ATTEMPTS = 50;

    /** Begins anywhere, since other processes look for ports too. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private TcpServer(InetAddress address, int port, Conversation conversation) throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(address, port), 1024);
        Thread thread = new Thread(() -> accept(conversation), "test-server-" + port());
        thread.setDaemon(true);
        thread.start();
    }

    static TcpServer start(Conversation conversation) throws IOException {
        return startAt(0, conversation);
    }

    static TcpServer startAt(int port, Conversation conversation) throws IOException {
        return new TcpServer(InetAddress.getLoopbackAddress(), port, conversation);
    }

    /** Sends back what it gets, and FIN after FIN. */
    static TcpServer echo() throws IOException {
        return start(
                connection -> connection.getInputStream().transferTo(connection.getOutputStream()));
    }

    /** Says its own address and then sends back what it gets; at an address of this host and a port, which may be 0. */
    static TcpServer introducingAt(String address, int port) throws IOException {
        return new TcpServer(
                InetAddress.getByName(address),
                port,
                connection -> {
                    connection.getOutputStream().write((address + "\n").getBytes());
                    connection.getInputStream().transferTo(connection.getOutputStream());
                });
    }

    /** Says its name and ends. It reads what it is sent: a socket that is closed before resets the connection. */
    static TcpServer named(String name) throws IOException {
        return start(
                connection -> {
                    connection.getOutputStream().write(name.getBytes());
                    connection.shutdownOutput();
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                });
    }

    /**
     * A port that nobody has at any address, and none of those that the kernel gives to clients: one of them would be gone at any time. In this
     * process nobody gets it twice.
     */
    static int unusedPort() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            try (ServerSocket tcp = new ServerSocket(port);
                    DatagramSocket udp = new DatagramSocket(tcp.getLocalPort())) {
                return udp.getLocalPort();
            } catch (BindException e) {
                // Another one may be free.
            }
        }
        throw new IOException("No port is free for TCP and UDP alike.");
    }

    int port() {
        return listener.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    /** Whoever closed the server may not have seen it. */
    private static void closeQuietly(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is as good as closed.
        }
    }

    private void accept(Conversation conversation) {
        while (!listener.isClosed()) {
            Socket connection;
            try {
                connection = listener.accept();
            } catch (IOException e) {
                return;
            }
            accepted.incrementAndGet();
            open.add(connection);
            if (listener.isClosed()) {
                closeQuietly(connection);
            }
            Thread thread =
                    new Thread(
                            () -> {
                                try (connection) {
                                    connection.setSoTimeout(10_000);
                                    conversation.run(connection);
                                } catch (Throwable e) {
                                    failures.add(e);
                                } finally {
                                    open.remove(connection);
                                }
                            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** What a conversation has thrown, which must come within 10 s. */
    Throwable awaitFailure() throws InterruptedException {
        Throwable failure = failures.poll(10, TimeUnit.SECONDS);
        if (failure == null) {
            throw new AssertionError("No conversation has failed within 10 s");
        }
        return failure;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}

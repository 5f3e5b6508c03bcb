package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A server behind the proxy, which can be taken away, made deaf or hung, and brought back. Thread safe. */
final class EchoServer implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final String name;
    private final InetSocketAddress address;
    private final @Nullable Certificates certificates;
    private final Executor threads;
    private final Book book;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Disturbance> disturbances = new ArrayList<>();
    private @Nullable ServerSocket listener;
    private boolean hanging;

    private static final class Disturbance {
        private final long startNanos = System.nanoTime();
        private final boolean connectionsToo;
        private long endNanos;
        private boolean over;

        Disturbance(boolean connectionsToo) {
            this.connectionsToo = connectionsToo;
        }

        boolean overlaps(long fromNanos, long toNanos) {
            return startNanos - toNanos <= 0 && (!over || endNanos - fromNanos >= 0);
        }
    }

    /**
     * A server that listens.
     *
     * @param certificates if it speaks TLS; else null
     */
    EchoServer(
            int number,
            Place place,
            @Nullable Certificates certificates,
            Executor threads,
            Book book)
            throws IOException {
        this.certificates = certificates;
        name = "s" + number;
        address =
                new InetSocketAddress(
                        InetAddress.getByName(place.server(number)), place.serverPort());
        this.threads = threads;
        this.book = book;
        listen();
    }

    String name() {
        return name;
    }

    int openConnections() {
        return connections.size();
    }

    private synchronized void listen() throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(address, BACKLOG);
        listener = opened;
        threads.execute(() -> accept(opened));
    }

    private void accept(ServerSocket from) {
        try (from) {
            while (true) {
                Socket socket = from.accept();
                awaitAwake();
                connections.add(socket);
                if (from.isClosed()) {
                    // It was taken away in between, with those that it had.
                    reset(socket);
                    connections.remove(socket);
                } else {
                    threads.execute(() -> serve(socket));
                }
            }
        } catch (IOException | RejectedExecutionException e) {
            // Closed, which is how it ends.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket;
                Socket stream = certificates == null ? socket : certificates.accept(socket)) {
            new EchoConnection(stream, this, book).run();
        } catch (IOException e) {
            // Closing what is broken may fail, and changes nothing.
            return;
        } finally {
            connections.remove(socket);
        }
    }

    /** Returns at once, unless the server hangs. */
    synchronized void awaitAwake() {
        while (hanging) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Nobody can connect, and those who have are reset. */
    synchronized void takeAway() throws IOException {
        disturbances.add(new Disturbance(true));
        close(listener);
        connections.forEach(EchoServer::reset);
    }

    /** Nobody can connect; those who have are served. */
    synchronized void makeDeaf() throws IOException {
        disturbances.add(new Disturbance(false));
        close(listener);
    }

    /** The kernel takes connections, and nobody reads or writes. */
    synchronized void hang() {
        disturbances.add(new Disturbance(true));
        hanging = true;
    }

    /** As it was before. */
    synchronized void bringBack() throws IOException {
        if (!isDisturbed()) {
            return;
        }
        if (hanging) {
            hanging = false;
            notifyAll();
        } else {
            listen();
        }
        Disturbance last = disturbances.get(disturbances.size() - 1);
        last.endNanos = System.nanoTime();
        last.over = true;
    }

    synchronized boolean isDisturbed() {
        return !disturbances.isEmpty() && !disturbances.get(disturbances.size() - 1).over;
    }

    /**
     * Whether it was not itself at any time between the two.
     *
     * @param connected for a client that it has, not for one that wants to connect
     */
    synchronized boolean disturbedBetween(long fromNanos, long toNanos, boolean connected) {
        return disturbances.stream()
                .anyMatch(
                        disturbance ->
                                disturbance.overlaps(fromNanos, toNanos)
                                        && (!connected || disturbance.connectionsToo));
    }

    @Override
    public synchronized void close() {
        hanging = false;
        notifyAll();
        try {
            close(listener);
        } catch (IOException e) {
            // It listens no more, or the process ends.
        }
        connections.forEach(EchoServer::reset);
    }

    private static void close(@Nullable ServerSocket socket) throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Then it is closed already.
            return;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

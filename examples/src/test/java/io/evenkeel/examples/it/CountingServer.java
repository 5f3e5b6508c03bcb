package io.evenkeel.examples.it;

import io.evenkeel.examples.lab.LabHost;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server in a host that answers each byte with one, and counts how many connections it has at a time. */
final class CountingServer implements AutoCloseable {
    private final ServerSocket listener;
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final ExecutorService executor =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "counting-server");
                        thread.setDaemon(true);
                        return thread;
                    });

    private CountingServer(ServerSocket listener) {
        this.listener = listener;
        executor.execute(this::accept);
    }

    static CountingServer start(LabHost host, int port) throws Exception {
        return new CountingServer(host.call(() -> new ServerSocket(port, 1024)));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                executor.execute(() -> answer(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            int request;
            try {
                connection.setSoTimeout(30_000);
                request = connection.getInputStream().read();
            } finally {
                // Before the answer: who has it may close the connection and open the next one
                // at once, and that would be one too many.
                now.decrementAndGet();
            }
            if (request >= 0) {
                connection.getOutputStream().write(request);
                served.incrementAndGet();
            }
        } catch (IOException e) {
            // The client was reset; it is not counted as served.
        }
    }

    int mostAtATime() {
        return most.get();
    }

    int served() {
        return served.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        executor.shutdownNow();
    }
}

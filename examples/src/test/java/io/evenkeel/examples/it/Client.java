package io.evenkeel.examples.it;

import io.evenkeel.examples.lab.LabHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A client in a host that asks for pages, each over a connection of its own. */
final class Client {
    private static final int HASTY_CONNECT_MILLIS = 60;
    // An answer lost with the host that gave it must not count as the network's silence.
    private static final int HASTY_READ_MILLIS = 300;
    private static final int PATIENT_MILLIS = 10_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private final LabHost host;
    private final InetSocketAddress target;
    private final @Nullable SSLContext tls;
    private final int connectMillis;
    private final int readMillis;

    private Client(
            LabHost host,
            InetSocketAddress target,
            @Nullable SSLContext tls,
            int connectMillis,
            int readMillis) {
        this.host = host;
        this.target = target;
        this.tls = tls;
        this.connectMillis = connectMillis;
        this.readMillis = readMillis;
    }

    /** A client that gives up soon and tries again, so that it notices at once what works again. */
    static Client hasty(LabHost host, String address, int port) {
        return new Client(
                host,
                new InetSocketAddress(address, port),
                null,
                HASTY_CONNECT_MILLIS,
                HASTY_READ_MILLIS);
    }

    /**
     * A client that waits for its connection and its answer.
     *
     * @param tls for HTTPS; null for HTTP
     */
    static Client patient(LabHost host, String address, int port, @Nullable SSLContext tls) {
        return new Client(
                host, new InetSocketAddress(address, port), tls, PATIENT_MILLIS, PATIENT_MILLIS);
    }

    /**
     * One request.
     *
     * @param page the page, or null if there was none
     * @param failure why there was none
     */
    record Attempt(
            long startNanos, long endNanos, @Nullable String page, @Nullable String failure) {
        boolean succeeded() {
            return page != null;
        }
    }

    /** Makes {@code count} requests one after the other. */
    List<Attempt> request(int count) {
        try {
            return host.call(
                    () -> {
                        List<Attempt> attempts = new ArrayList<>();
                        for (int i = 0; i < count; i++) {
                            attempts.add(attempt());
                        }
                        return attempts;
                    });
        } catch (Exception e) {
            throw new IllegalStateException("The client in " + host + " failed.", e);
        }
    }

    /** The pages of {@code count} requests, null for a request without one. */
    List<@Nullable String> pages(int count) {
        List<@Nullable String> pages = new ArrayList<>();
        request(count).forEach(attempt -> pages.add(attempt.page()));
        return pages;
    }

    /** Starts to request without pause until the answer is closed. */
    Traffic startTraffic() {
        return new Traffic(this);
    }

    private Attempt attempt() {
        long start = System.nanoTime();
        try {
            String page = fetch();
            return new Attempt(start, System.nanoTime(), page, null);
        } catch (IOException e) {
            return new Attempt(start, System.nanoTime(), null, e.toString());
        }
    }

    private String fetch() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String reply =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int body = reply.indexOf("\r\n\r\n");
            if (!reply.matches("(?s)HTTP/1\\.[01] 200 .*") || body < 0) {
                throw new IOException("An unexpected reply: " + reply);
            }
            return reply.substring(body).strip();
        }
    }

    private Socket connect() throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(target, connectMillis);
            plain.setSoTimeout(readMillis);
            if (tls == null) {
                return plain;
            }
            return tls.getSocketFactory()
                    .createSocket(plain, target.getHostString(), target.getPort(), true);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Requests without pause, and what became of them. */
    static final class Traffic implements AutoCloseable {
        private final Client client;
        private final List<Attempt> attempts = new ArrayList<>();
        private final Thread thread;
        private volatile boolean closed;

        private Traffic(Client client) {
            this.client = client;
            thread = new Thread(this::run, "client");
            thread.setDaemon(true);
            thread.start();
        }

        /** What has been requested so far. */
        synchronized List<Attempt> attempts() {
            return List.copyOf(attempts);
        }

        /** Waits until requests are answered at all. */
        void awaitFlow(Supplier<String> evidence) {
            long now = System.nanoTime();
            Conditions.await(
                    "requests flow", Duration.ofSeconds(30), () -> answeredSince(now), evidence);
        }

        /** Whether a request begun after {@code nanos} was answered. */
        boolean answeredSince(long nanos) {
            return attempts().stream()
                    .anyMatch(attempt -> attempt.succeeded() && attempt.startNanos() > nanos);
        }

        /** Whether a request begun after {@code nanos} was answered with {@code page}. */
        boolean answeredSince(long nanos, String page) {
            return attempts().stream()
                    .anyMatch(a -> page.equals(a.page()) && a.startNanos() > nanos);
        }

        /** The longest time without an answer, in nanoseconds, that ended after {@code nanos}. */
        long longestGapNanos(long nanos) {
            long longest = 0;
            long last = Long.MIN_VALUE;
            for (Attempt attempt : attempts()) {
                if (attempt.succeeded()) {
                    if (last != Long.MIN_VALUE && attempt.endNanos() > nanos) {
                        longest = Math.max(longest, attempt.endNanos() - last);
                    }
                    last = attempt.endNanos();
                }
            }
            return longest;
        }

        /** How many requests begun after {@code nanos} had no answer. */
        long failuresSince(long nanos) {
            return attempts().stream()
                    .filter(a -> !a.succeeded() && a.startNanos() > nanos)
                    .count();
        }

        /** The failures, each with the moment relative to {@code originNanos}. */
        String failures(long originNanos) {
            StringBuilder text = new StringBuilder("\n");
            for (Attempt attempt : attempts()) {
                if (!attempt.succeeded()) {
                    text.append(
                            "%+10.1f ms: %s%n"
                                    .formatted(
                                            (attempt.startNanos() - originNanos) / 1e6,
                                            attempt.failure()));
                }
            }
            return text.toString();
        }

        @Override
        public void close() {
            closed = true;
            try {
                thread.join(2 * PATIENT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void run() {
            try {
                client.host.call(
                        () -> {
                            while (!closed) {
                                Attempt attempt = client.attempt();
                                synchronized (this) {
                                    attempts.add(attempt);
                                }
                                LockSupport.parkNanos(PAUSE_NANOS);
                            }
                            return true;
                        });
            } catch (Exception e) {
                throw new IllegalStateException("The client in " + client.host + " failed.", e);
            }
        }
    }
}

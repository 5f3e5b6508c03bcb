package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** The short request that all rows but the bulk ones use. */
final class HttpRequest {
    /** The whole request, on a connection that is kept. */
    static final byte[] BYTES =
            "GET / HTTP/1.1\r\nHost: side-by-side\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] STATUS = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST = "\r\n\r\nhello".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ANSWER = 1024;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long RETRY_NANOS = 500_000;

    private HttpRequest() {}

    /** Whether these are a whole answer, and the right one. */
    static boolean isAnswer(byte[] bytes, int length) {
        return length >= STATUS.length + LAST.length
                && Arrays.equals(bytes, 0, STATUS.length, STATUS, 0, STATUS.length)
                && Arrays.equals(bytes, length - LAST.length, length, LAST, 0, LAST.length);
    }

    /**
     * Sends one on a new connection and waits for the answer.
     *
     * @return the connection, for more of them; the caller closes it
     */
    static Socket sendTo(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(address, TIMEOUT_MILLIS);
            socket.getOutputStream().write(BYTES);
            byte[] answer = new byte[LONGEST_ANSWER];
            int length = 0;
            while (!isAnswer(answer, length)) {
                int read = socket.getInputStream().read(answer, length, answer.length - length);
                if (read <= 0) {
                    throw new IOException("No answer came from " + Place.text(address) + ".");
                }
                length += read;
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Tries until one is answered, and closes its connection. */
    static void await(InetSocketAddress address, Child server, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                sendTo(address).close();
                return;
            } catch (IOException e) {
                if (!server.isAlive() || System.nanoTime() >= deadline) {
                    throw new SideBySideException(
                            "%s does not answer on %s: %s%n%s"
                                    .formatted(
                                            server.name(),
                                            Place.text(address),
                                            e.getMessage(),
                                            server.lastWords()),
                            e);
                }
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }
}

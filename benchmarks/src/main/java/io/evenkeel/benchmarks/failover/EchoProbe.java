package io.evenkeel.benchmarks.failover;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import io.evenkeel.examples.lab.LabHost;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends an ICMP echo request to an address every millisecond from a host of the laboratory. The kernel of whoever owns the address
 * answers; what it answers is for the {@link Capture} to see.
 */
final class EchoProbe implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_ICMP = 1;
    private static final long PERIOD_NANOS = 1_000_000;

    private final Libc libc;
    private final int fd;
    private final byte[] destination;
    private final Thread thread = new Thread(this::sendUntilClosed, "echo-probe");
    private volatile boolean closed;

    /** The calls of the C library that the JDK does not offer. */
    interface Libc extends Library {
        int socket(int domain, int type, int protocol) throws LastErrorException;

        long sendto(int fd, byte[] data, long length, int flags, byte[] address, int addressLength);

        int close(int fd);
    }

    private EchoProbe(Libc libc, int fd, String address) {
        this.libc = libc;
        this.fd = fd;
        destination = socketAddress(address);
    }

    /**
     * Begins to send.
     *
     * @param address an IPv4 address
     */
    static EchoProbe start(LabHost host, String address) {
        Libc libc = Native.load("c", Libc.class);
        try {
            int type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
            int fd = host.call(() -> libc.socket(AF_INET, type, IPPROTO_ICMP));
            EchoProbe probe = new EchoProbe(libc, fd, address);
            probe.thread.setDaemon(true);
            probe.thread.start();
            return probe;
        } catch (Exception e) {
            throw new SetupException(
                    "A raw socket for echo requests cannot be opened in " + host + ": " + e, e);
        }
    }

    private void sendUntilClosed() {
        byte[] packet = new byte[EchoPacket.LENGTH];
        long next = System.nanoTime();
        for (int number = 0; !closed; number++) {
            EchoPacket.encode(number, packet);
            // A request that cannot be sent, because nobody owns the address, is one that nobody
            // answers.
            libc.sendto(fd, packet, packet.length, 0, destination, destination.length);
            next = Math.max(next + PERIOD_NANOS, System.nanoTime());
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private static byte[] socketAddress(String address) {
        byte[] bytes = new byte[16];
        bytes[0] = AF_INET;
        String[] parts = address.split("\\.");
        for (int i = 0; i < 4; i++) {
            bytes[4 + i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        libc.close(fd);
    }
}

package io.evenkeel.lb.netty;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A UDP server on a local port that answers each datagram as a test says, on a thread of its own. */
final class UdpServer implements AutoCloseable {
    /** The answers to a datagram, in order. */
    interface Answers {
        List<byte[]> to(byte[] datagram);
    }

    private final DatagramSocket socket;
    private final AtomicInteger received = new AtomicInteger();
    private volatile InetSocketAddress lastClient = new InetSocketAddress(0);

    private UdpServer(int port, Answers answers) throws IOException {
        socket = new DatagramSocket(port, InetAddress.getByName("127.0.0.1"));
        socket.setReceiveBufferSize(4 << 20);
        Thread thread = new Thread(() -> serve(answers), "test-udp-server-" + port());
        thread.setDaemon(true);
        thread.start();
    }

    static UdpServer start(Answers answers) throws IOException {
        return new UdpServer(0, answers);
    }

    /** Sends back what it gets. */
    static UdpServer echo() throws IOException {
        return start(List::of);
    }

    /** Says its name. */
    static UdpServer named(String name) throws IOException {
        return namedAt(0, name);
    }

    static UdpServer namedAt(int port, String name) throws IOException {
        return new UdpServer(port, datagram -> List.of(name.getBytes()));
    }

    /** Answers nothing. */
    static UdpServer silent() throws IOException {
        return start(datagram -> new ArrayList<>());
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How many datagrams have come. */
    int received() {
        return received.get();
    }

    /** Who has sent the last one: for a server behind a proxy, a socket of the proxy. */
    InetSocketAddress lastClient() {
        return lastClient;
    }

    private void serve(Answers answers) {
        byte[] buffer = new byte[65_535];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                received.incrementAndGet();
                lastClient = (InetSocketAddress) packet.getSocketAddress();
                byte[] datagram = new byte[packet.getLength()];
                System.arraycopy(buffer, 0, datagram, 0, datagram.length);
                for (byte[] answer : answers.to(datagram)) {
                    socket.send(
                            new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}

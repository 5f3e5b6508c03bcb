package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** A client that takes answers from whom it asks, and fails at one from anybody else. */
final class UdpClient implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress proxy;

    /** Of a port of 127.0.0.1. */
    UdpClient(InetSocketAddress proxy) throws IOException {
        this(proxy, "127.0.0.1");
    }

    UdpClient(InetSocketAddress proxy, String source) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName(source));
        // Not connected: the JDK sends no empty datagrams from a connected socket.
        this.proxy = proxy;
        socket.setSoTimeout(10_000);
    }

    void send(byte[] datagram) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, proxy));
    }

    void send(String text) throws IOException {
        send(text.getBytes());
    }

    /** The next answer, which must come within 10 s. */
    byte[] receive() throws IOException {
        byte[] buffer = new byte[65_535];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        assertEquals(proxy, packet.getSocketAddress(), "where the answer is from");
        return Arrays.copyOf(buffer, packet.getLength());
    }

    String ask(String text) throws IOException {
        send(text);
        return new String(receive());
    }

    @Override
    public void close() {
        socket.close();
    }
}

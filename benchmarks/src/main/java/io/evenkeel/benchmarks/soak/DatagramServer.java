package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** Sends back each datagram that comes. It is never away, so none may be lost. */
final class DatagramServer implements AutoCloseable {
    private static final int MOST_BYTES = 65_535;

    private final DatagramSocket socket;

    DatagramServer(int number, Place place, Executor threads) throws IOException {
        socket =
                new DatagramSocket(
                        new InetSocketAddress(place.server(number), place.datagramPort()));
        threads.execute(this::echo);
    }

    private void echo() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
            while (true) {
                packet.setLength(MOST_BYTES);
                socket.receive(packet);
                socket.send(packet);
            }
        } catch (IOException e) {
            // Closed, which is how it ends.
            return;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}

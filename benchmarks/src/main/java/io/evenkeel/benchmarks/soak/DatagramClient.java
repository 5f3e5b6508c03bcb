package io.evenkeel.benchmarks.soak;

import io.evenkeel.benchmarks.soak.Result.End;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Makes one visit by datagrams, on the thread that calls it: sends some, and compares each that comes back with it. */
final class DatagramClient {
    /** For so long a machine that is busy may take; shorter than the proxy keeps a session. */
    private static final int PATIENCE_MILLIS = 6_000;

    private static final int AT_A_TIME = 3;
    private static final int HEAD = Long.BYTES + Integer.BYTES;

    /** Most fit into a frame of Ethernet. */
    private static final int USUAL = 1400;

    private static final int LONGEST = 60_000;

    private final Visit visit;
    private final long startNanos = System.nanoTime();
    private final int count;
    private final Set<Integer> expected = new HashSet<>();
    private long received;
    private int lost;
    private String local = "";

    private DatagramClient(Visit visit) {
        this.visit = visit;
        count = 1 + visit.part() % 7;
    }

    static Result visit(Visit visit, Place place) {
        DatagramClient client = new DatagramClient(visit);
        try {
            long overflows = overflows();
            client.exchange(place);
            if (client.lost == 0) {
                return client.end(End.COMPLETE, "");
            }
            return client.end(
                    overflows() == overflows ? End.LOST : End.OVERFLOWED,
                    "%d of %d datagrams".formatted(client.lost, client.count));
        } catch (WrongByteException e) {
            return client.end(End.WRONG, e.getMessage());
        } catch (IOException e) {
            return client.end(End.REFUSED, e.toString());
        }
    }

    private Result end(End end, String message) {
        return new Result(end, received, local, startNanos, System.nanoTime(), message);
    }

    private void exchange(Place place) throws IOException {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(place.client(visit.source()), 0))) {
            socket.connect(place.frontend(Door.DATAGRAMS));
            socket.setSoTimeout(PATIENCE_MILLIS);
            local = String.valueOf(socket.getLocalSocketAddress());
            byte[] bytes = new byte[HEAD + LONGEST];
            for (int number = 0; number < count; number++) {
                int length = fill(bytes, number);
                expected.add(number);
                socket.send(new DatagramPacket(bytes, length));
                if (expected.size() == AT_A_TIME || number == count - 1) {
                    receive(socket, bytes);
                }
            }
        }
    }

    private int payload(int number) {
        boolean big = visit.length() > LONGEST;
        return (visit.length() + number * 997) % (big ? LONGEST : USUAL);
    }

    private int fill(byte[] bytes, int number) {
        byte[] payload = new byte[payload(number)];
        Payload.fill(visit.id(), number, payload, payload.length);
        ByteBuffer.wrap(bytes).putLong(visit.id()).putInt(number).put(payload);
        return HEAD + payload.length;
    }

    /** All that are expected, in any order. */
    private void receive(DatagramSocket socket, byte[] bytes) throws IOException {
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        while (!expected.isEmpty()) {
            packet.setLength(bytes.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                lost += expected.size();
                expected.clear();
                return;
            }
            compare(bytes, packet.getLength());
        }
    }

    private void compare(byte[] bytes, int length) throws WrongByteException {
        ByteBuffer datagram = ByteBuffer.wrap(bytes, 0, length);
        if (length < HEAD || datagram.getLong() != visit.id()) {
            throw new WrongByteException("in a datagram of somebody else");
        }
        int number = datagram.getInt();
        byte[] payload = new byte[datagram.remaining()];
        datagram.get(payload);
        if (!expected.remove(number) && lost == 0) {
            throw new WrongByteException("in datagram %d, which came twice".formatted(number));
        }
        if (payload.length != payload(number)
                || Payload.mismatch(visit.id(), number, payload, payload.length) >= 0) {
            throw new WrongByteException("in datagram %d".formatted(number));
        }
        received += payload.length;
    }

    /** How many datagrams the kernel has dropped since it started, since nobody fetched them in time. */
    private static long overflows() throws IOException {
        String[] names = new String[0];
        for (String line : Files.readAllLines(Path.of("/proc/net/snmp"))) {
            if (line.startsWith("Udp:")) {
                String[] words = line.split(" ");
                for (int i = 0; i < names.length; i++) {
                    if (names[i].equals("RcvbufErrors")) {
                        return Long.parseLong(words[i]);
                    }
                }
                names = words;
            }
        }
        throw new IOException("/proc/net/snmp says nothing of UDP");
    }
}

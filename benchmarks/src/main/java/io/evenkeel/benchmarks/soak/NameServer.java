package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A name server that knows one name, whose addresses change, and is silent at times. {@link #advance} and {@link #end} are for one thread.
 */
final class NameServer implements AutoCloseable {
    /** The name. */
    static final String NAME = "named.soak.example";

    /** The most addresses that it has. */
    static final int MOST = 6;

    /** With two servers away at a time there is still one. */
    private static final int FEWEST = 3;

    private static final int MOST_BYTES = 1500;
    private static final int HEAD = 12;
    private static final int POINTER_TO_NAME = 0xC00C;
    private static final short ANSWER = (short) 0x8580;
    private static final short NO_SUCH_NAME = (short) 0x8583;
    private static final int TTL_SECONDS = 1;

    private final Place place;
    private final Random random;
    private final Consumer<Mark.Kind> marks;
    private final DatagramSocket socket;
    private final List<Integer> first;
    private volatile List<Integer> numbers;
    private volatile boolean silent;
    private volatile long lastNanos = System.nanoTime();
    private long nextNanos = System.nanoTime();

    NameServer(Place place, Random random, Executor threads, Consumer<Mark.Kind> marks)
            throws IOException {
        this.place = place;
        this.random = random;
        this.marks = marks;
        List<Integer> all = new ArrayList<>();
        for (int number = 1; number <= Layout.SERVERS; number++) {
            all.add(number);
        }
        Collections.shuffle(all, random);
        first = List.copyOf(all.subList(0, FEWEST + 1));
        numbers = first;
        socket = new DatagramSocket(place.nameServer());
        threads.execute(this::answer);
    }

    /** Does what is due. */
    void advance() {
        if (System.nanoTime() - nextNanos < 0) {
            return;
        }
        nextNanos = System.nanoTime() + (long) ((3 + 5 * random.nextDouble()) * 1e9);
        silent = random.nextInt(6) == 0;
        if (silent) {
            marks.accept(Mark.Kind.NAME);
            return;
        }
        List<Integer> next = new ArrayList<>(numbers);
        boolean more = random.nextBoolean();
        if (next.size() > FEWEST && (!more || next.size() == MOST)) {
            next.remove(random.nextInt(next.size()));
        }
        int other = 1 + random.nextInt(Layout.SERVERS);
        if (more && !next.contains(other)) {
            next.add(other);
        }
        Collections.shuffle(next, random);
        change(next);
    }

    private void change(List<Integer> next) {
        numbers = List.copyOf(next);
        lastNanos = System.nanoTime();
        marks.accept(Mark.Kind.NAME);
    }

    /** As at the beginning. */
    void end() {
        silent = false;
        change(first);
    }

    /** Whether the addresses changed after that time. */
    boolean since(long nanos) {
        return lastNanos - nanos > 0;
    }

    private void answer() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
            while (true) {
                packet.setLength(MOST_BYTES);
                socket.receive(packet);
                if (!silent) {
                    byte[] bytes = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                    socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // Closed, which is how it ends.
            return;
        }
    }

    /** To a query with one question. */
    private byte[] answer(ByteBuffer query) throws IOException {
        short id = query.getShort(0);
        StringBuilder name = new StringBuilder();
        query.position(HEAD);
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append(new String(label, StandardCharsets.US_ASCII)).append('.');
        }
        short type = query.getShort();
        int questionEnd = query.position() + 2;
        boolean known = name.toString().equalsIgnoreCase(NAME + '.');
        List<Integer> answers = known && type == 1 ? numbers : List.of();
        ByteBuffer answer = ByteBuffer.allocate(MOST_BYTES);
        answer.putShort(id).putShort(known ? ANSWER : NO_SUCH_NAME);
        answer.putShort((short) 1).putShort((short) answers.size()).putInt(0);
        answer.put(query.array(), HEAD, questionEnd - HEAD);
        for (int number : answers) {
            answer.putShort((short) POINTER_TO_NAME).putShort((short) 1).putShort((short) 1);
            answer.putInt(TTL_SECONDS).putShort((short) 4);
            answer.put(InetAddress.getByName(place.server(number)).getAddress());
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sessions that are reset in the middle of an exchange while others take their descriptors and their memory. Every client has a letter and
 * sends nothing else, so that a byte in the wrong connection shows.
 */
class ForeignBytesTest {
    private static final long SEED = Long.getLong("evenkeel.seed", 20261126);
    private static final int CLIENTS = 24;
    private static final int CONNECTIONS = 60;

    private final Queue<String> foreign = new ConcurrentLinkedQueue<>();
    private final AtomicInteger exchanged = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void noByteReachesAnotherSessionHoweverSessionsEnd(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.start(this::echo);
                ProxyFixture proxy = ProxyFixture.start(transport, server.port())) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                Thread client = new Thread(() -> run(proxy, number));
                client.start();
                clients.add(client);
            }
            for (Thread client : clients) {
                client.join();
            }
        }
        assertEquals(List.of(), List.copyOf(foreign), "seed " + SEED);
        assertTrue(exchanged.get() > CLIENTS * CONNECTIONS, "too little was exchanged");
    }

    private void run(ProxyFixture proxy, int number) {
        SplittableRandom random = new SplittableRandom(SEED + number);
        byte letter = (byte) ('A' + number);
        byte[] message = new byte[20_000];
        Arrays.fill(message, letter);
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket client = proxy.connect()) {
                for (int j = random.nextInt(6); j >= 0; j--) {
                    int length = 1 + random.nextInt(random.nextBoolean() ? 100 : message.length);
                    client.getOutputStream().write(message, 0, length);
                    if (j > 0 || random.nextBoolean()) {
                        read(client.getInputStream(), letter, length, "client");
                        exchanged.incrementAndGet();
                    }
                }
                if (random.nextInt(4) > 0) {
                    client.setSoLinger(true, 0);
                }
            } catch (IOException e) {
                // The server may reset it too.
            }
        }
    }

    /** Now and then the server resets instead. */
    private void echo(Socket connection) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED + connection.getPort());
        InputStream in = connection.getInputStream();
        byte[] bytes = new byte[8192];
        int letter = -1;
        try {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                letter = letter < 0 ? bytes[0] : letter;
                check(bytes, n, letter, "server");
                if (random.nextInt(40) == 0) {
                    connection.setSoLinger(true, 0);
                    return;
                }
                connection.getOutputStream().write(bytes, 0, n);
            }
        } catch (IOException e) {
            // The client has reset it.
        }
    }

    private void read(InputStream in, int letter, int length, String who) throws IOException {
        byte[] bytes = in.readNBytes(length);
        check(bytes, bytes.length, letter, who);
    }

    private void check(byte[] bytes, int length, int letter, String who) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != letter) {
                foreign.add("the " + who + " of " + (char) letter + " got " + (char) bytes[i]);
                return;
            }
        }
    }
}

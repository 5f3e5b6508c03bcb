package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After many connections of every kind of ending, the proxy holds what it held before. */
class BaselineIT {
    private static final int AT_A_TIME = 100;

    /** Each has one chunk that all its sessions read into. */
    private static final int LOOPS = 2;

    private static long descriptors() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @ParameterizedTest
    @CsvSource({"EPOLL, 10000", "IO_URING, 5000", "NIO, 2000"})
    void manyConnectionsLeaveNothingBehind(Transport transport, int connections) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = ProxyFixture.start(transport, server.port())) {
            talk(proxy, AT_A_TIME);
            awaitEnds(proxy, AT_A_TIME);
            long before = descriptors();

            for (int done = 0; done < connections; done += AT_A_TIME) {
                talk(proxy, AT_A_TIME);
                awaitEnds(proxy, AT_A_TIME);
            }

            Await.until("no more descriptors than before", () -> descriptors() <= before);
            Await.until(
                    "no more memory than a chunk per loop",
                    () -> proxy.proxy().usedDirectMemory() <= LOOPS * (long) Chunk.CAPACITY);
            assertEquals(0, proxy.proxy().snapshot().activeSessions());
            assertEquals(0, proxy.proxy().backend("app").servers().get(0).inFlight());
        }
    }

    /** A third ends by FIN from the client, a third by closing, a third by reset. */
    private static void talk(ProxyFixture proxy, int count) throws Exception {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket client = proxy.connect();
            clients.add(client);
            client.getOutputStream().write(i);
        }
        for (int i = 0; i < count; i++) {
            try (Socket client = clients.get(i)) {
                assertEquals(i, client.getInputStream().read());
                if (i % 3 == 0) {
                    client.shutdownOutput();
                    assertEquals(-1, client.getInputStream().read());
                } else if (i % 3 == 1) {
                    client.setSoLinger(true, 0);
                }
            }
        }
    }

    private static void awaitEnds(ProxyFixture proxy, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            proxy.awaitEnd();
        }
    }
}

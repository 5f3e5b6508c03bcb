package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.SocketBuffers;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the system may hold for a connection; it tells what it holds by {@code ss}. */
class SocketBuffersTest {
    private static final int BLOCK = 64 * 1024;
    private static final BindAddress LOOPBACK = new BindAddress("127.0.0.1", 0);

    private static ProxyFixture proxy(
            Transport transport, SocketBuffers clients, SocketBuffers servers, int port)
            throws ProxyStartException {
        return ProxyFixture.start(
                transport,
                frontend ->
                        frontend.listenConfig(
                                LOOPBACK, ListenConfig.builder().buffers(clients).build()),
                backend ->
                        backend.server(
                                ServerConfig.builder("s1", "127.0.0.1", port)
                                        .connect(ConnectConfig.builder().buffers(servers).build())
                                        .build()));
    }

    /** Of the one established connection with that end. */
    private static String ss(String end, int port) throws IOException {
        Process process =
                new ProcessBuilder("ss", "-Hntm", "state", "established", end, "=", ":" + port)
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes());
    }

    private static int field(String of, String name) {
        Matcher matcher = Pattern.compile("[(,]" + name + "(\\d+)").matcher(of);
        assertTrue(matcher.find(), name + " in " + of);
        return Integer.parseInt(matcher.group(1));
    }

    @ParameterizedTest
    @EnumSource
    void buffersAreOfTheSizeThatIsConfigured(Transport transport) throws Exception {
        try (TcpServer echo = TcpServer.echo();
                ProxyFixture proxy =
                        proxy(
                                transport,
                                new SocketBuffers(20_000, 30_000, 0),
                                new SocketBuffers(40_000, 50_000, 0),
                                echo.port());
                Socket client = proxy.connect()) {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
            String toClient = ss("sport", proxy.address().getPort());
            String toServer = ss("dport", echo.port());
            // Linux has twice as much, for its own overhead.
            assertEquals(
                    List.of(40_000, 60_000, 80_000, 100_000),
                    List.of(
                            field(toClient, "rb"),
                            field(toClient, "tb"),
                            field(toServer, "rb"),
                            field(toServer, "tb")));
        }
    }

    /**
     * Without a limit of what is unsent it would be as much as {@code net.ipv4.tcp_wmem} says, 4 MiB. A client that has kept up until then has a
     * large window, and much at a time was written for it.
     */
    @ParameterizedTest
    @CsvSource({"EPOLL, 0", "EPOLL, 200000000", "IO_URING, 0", "IO_URING, 200000000"})
    void aClientThatDoesNotReadHasTheSystemHoldLittle(Transport transport, long before)
            throws Exception {
        AtomicLong written = new AtomicLong();
        try (TcpServer endless =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().read();
                                    byte[] block = new byte[16 * BLOCK];
                                    while (true) {
                                        connection.getOutputStream().write(block);
                                        written.addAndGet(block.length);
                                    }
                                });
                ProxyFixture proxy =
                        proxy(
                                transport,
                                SocketBuffers.OF_CLIENTS,
                                SocketBuffers.SYSTEM,
                                endless.port());
                Socket client = new Socket()) {
            if (before == 0) {
                client.setReceiveBufferSize(4096);
            }
            client.connect(proxy.address());
            client.getOutputStream().write('x');
            byte[] into = new byte[16 * BLOCK];
            for (long read = 0; read < before; ) {
                read += client.getInputStream().read(into);
            }
            Await.standstill(written::get);
            int held = field(ss("sport", proxy.address().getPort()), "w");
            assertTrue(
                    held > 0 && held < 600_000,
                    "of " + written + " B the system holds " + held + " B for the client");
        }
    }
}

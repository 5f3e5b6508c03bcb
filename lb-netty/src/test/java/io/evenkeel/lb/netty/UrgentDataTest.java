package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TCP's urgent data, which telnet and FTP send to be heard before what is unread: a byte beside the stream, and a read ends in front of it. */
class UrgentDataTest {
    private static final int ROUNDS = 300;

    private static ProxyFixture proxy(Transport transport, int port) throws ProxyStartException {
        return ProxyFixture.start(
                transport,
                frontend -> frontend,
                backend ->
                        backend.server(
                                ServerConfig.builder("s1", "127.0.0.1", port)
                                        .maxConnections(1)
                                        .build()));
    }

    private static void send(Socket client, String before, String after) throws IOException {
        client.getOutputStream().write(before.getBytes(StandardCharsets.US_ASCII));
        client.sendUrgentData('!');
        client.getOutputStream().write(after.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket client, int bytes) throws IOException {
        return new String(client.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsItArrivesAlsoIfAllWasThereBeforeTheServer(Transport transport)
            throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = proxy(transport, server.port())) {
            Socket first = proxy.connect();
            first.getOutputStream().write('1');
            assertEquals('1', first.getInputStream().read());
            try (Socket waiting = proxy.connect()) {
                Await.until(
                        "it waits for the server",
                        () -> proxy.proxy().backend("app").queueLength() == 1);
                send(waiting, "abc", "def");
                first.close();
                assertEquals("abcdef", read(waiting, 6));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsItArrivesAgainAndAgain(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = proxy(transport, server.port());
                Socket client = proxy.connect()) {
            for (int i = 0; i < ROUNDS; i++) {
                send(client, "abc", "def");
                assertEquals("abcdef", read(client, 6));
                // Nothing urgent is under way any more.
                client.getOutputStream().write('g');
                assertEquals("g", read(client, 1));
            }
        }
    }
}

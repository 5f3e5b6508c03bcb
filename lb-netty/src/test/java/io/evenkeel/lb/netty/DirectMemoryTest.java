package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that has no direct memory left. */
class DirectMemoryTest {
    /** Each has 64 KiB held for it, of 2 MiB. The JDK looks for memory for half a second before it says that there is none. */
    private static final int SLOW_CLIENTS = 36;

    private static Process start(Transport transport, int serverPort) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=2m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        DirectMemoryMain.class.getName(),
                        transport.name(),
                        Integer.toString(serverPort))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Socket connect(int port, int receiveBytes) throws IOException {
        Socket client = new Socket();
        if (receiveBytes > 0) {
            client.setReceiveBufferSize(receiveBytes);
        }
        client.setSoTimeout(10_000);
        client.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        return client;
    }

    private static String ask(Process proxy, BufferedReader answers) throws IOException {
        proxy.outputWriter().write("tell\n");
        proxy.outputWriter().flush();
        return String.valueOf(answers.readLine());
    }

    @ParameterizedTest
    @EnumSource
    void whoNeedsMoreThanThereIsIsResetAndOthersAreServed(Transport transport) throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (TcpServer server =
                TcpServer.start(
                        connection -> {
                            if (connection.getInputStream().read() == 'x') {
                                connection.getOutputStream().write('y');
                                return;
                            }
                            while (true) {
                                connection.getOutputStream().write(new byte[1 << 16]);
                            }
                        })) {
            Process proxy = start(transport, server.port());
            try (BufferedReader answers = proxy.inputReader()) {
                int port = Integer.parseInt(answers.readLine());
                for (int i = 0; i < SLOW_CLIENTS; i++) {
                    Socket client = connect(port, 4096);
                    slow.add(client);
                    client.getOutputStream().write('s');
                }
                Await.until("some are reset", () -> !ask(proxy, answers).endsWith(" reset=0"));
                for (Socket client : slow) {
                    client.setSoLinger(true, 0);
                    client.close();
                }
                Await.until("all have ended", () -> ask(proxy, answers).startsWith("active=0 "));
                try (Socket client = connect(port, 0)) {
                    client.getOutputStream().write('x');
                    assertEquals('y', client.getInputStream().read());
                }
            } finally {
                proxy.getOutputStream().close();
                proxy.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(late -> proxy).join();
                proxy.destroyForcibly();
            }
        } finally {
            for (Socket client : slow) {
                client.close();
            }
        }
    }
}

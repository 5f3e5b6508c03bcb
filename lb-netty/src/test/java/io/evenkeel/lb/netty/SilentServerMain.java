package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.KeepAlive;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A proxy whose server falls silent while two sessions are under way. Says what becomes of these. */
final class SilentServerMain {
    private SilentServerMain() {}

    public static void main(String[] arguments) throws Exception {
        BlockingQueue<SessionEnd> ends = new LinkedBlockingQueue<>();
        ConnectConfig unacknowledged =
                ConnectConfig.builder().userTimeout(Duration.ofMillis(300)).build();
        ConnectConfig silent = ConnectConfig.builder().keepAlive(new KeepAlive(1, 1, 1)).build();
        try (TcpServer echo = TcpServer.echo();
                TcpProxy proxy =
                        TcpProxy.builder()
                                .config(
                                        new ProxyConfig(
                                                List.of(frontend("a"), frontend("b")),
                                                List.of(
                                                        backend("a", echo.port(), unacknowledged),
                                                        backend("b", echo.port(), silent))))
                                .eventLoops(1)
                                .observer(
                                        new ProxyObserver() {
                                            @Override
                                            public void onSessionEnd(SessionEnd end) {
                                                ends.add(end);
                                            }
                                        })
                                .build()) {
            proxy.start();
            try (Socket sending = connect(proxy, "a");
                    Socket idle = connect(proxy, "b")) {
                nft("add table ip t");
                nft("add chain ip t in { type filter hook input priority 0 ; }");
                nft("add rule ip t in tcp dport " + echo.port() + " drop");
                nft("add rule ip t in tcp sport " + echo.port() + " drop");
                sending.getOutputStream().write('x');
                System.out.println(
                        "no acknowledgement: " + end(sending) + ", " + ends.take().cause());
                System.out.println(
                        "no answer to keep-alive: " + end(idle) + ", " + ends.take().cause());
            }
        }
    }

    private static void nft(String command) throws IOException, InterruptedException {
        int status = new ProcessBuilder("nft", command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("nft " + command + " has failed");
        }
    }

    private static String end(Socket client) throws IOException {
        try {
            return "read " + client.getInputStream().read();
        } catch (SocketException e) {
            return "reset";
        }
    }

    private static Socket connect(TcpProxy proxy, String frontend) throws IOException {
        Socket client = new Socket("127.0.0.1", proxy.boundAddresses(frontend).get(0).getPort());
        client.setSoTimeout(10_000);
        client.getOutputStream().write('x');
        client.getInputStream().read();
        return client;
    }

    private static FrontendConfig frontend(String name) {
        return FrontendConfig.builder(name).bind("127.0.0.1", 0).defaultBackend(name).build();
    }

    private static BackendConfig backend(String name, int port, ConnectConfig connect) {
        return BackendConfig.builder(name)
                .server(ServerConfig.builder("s", "127.0.0.1", port).connect(connect).build())
                .build();
    }
}

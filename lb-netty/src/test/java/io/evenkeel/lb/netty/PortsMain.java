package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy on a host of few local ports, its server and its clients. Says what became of these. */
final class PortsMain {
    private static final int CLIENTS = 20;

    private PortsMain() {}

    public static void main(String[] arguments) throws Exception {
        AtomicInteger changes = new AtomicInteger();
        List<Socket> clients = new ArrayList<>();
        try (TcpServer echo = TcpServer.echo();
                TcpProxy proxy =
                        TcpProxy.builder()
                                .config(config(echo.port()))
                                .eventLoops(2)
                                .transport(Transport.valueOf(arguments[0]))
                                .drainTimeout(Duration.ZERO)
                                .observer(
                                        new ProxyObserver() {
                                            @Override
                                            public void onUsableCountChange(
                                                    Backend backend, int before, int now) {
                                                changes.incrementAndGet();
                                            }
                                        })
                                .build()) {
            proxy.start();
            Backend backend = proxy.backend("app");
            Await.until("the first check passes", backend::hasUsable);
            int served = 0;
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = new Socket();
                clients.add(client);
                // Each has an address of its own, and so its own ports.
                client.bind(new InetSocketAddress("127.0.1." + (i + 1), 0));
                served += isServed(client, proxy.boundAddresses("web").get(0)) ? 1 : 0;
            }
            int kept = served;
            Await.until("all others have ended", () -> proxy.snapshot().activeSessions() == kept);
            System.out.println(
                    String.join(
                            " ",
                            "served=" + served,
                            "ports=" + proxy.snapshot().ends().get(TerminationCause.LOCAL_PORTS),
                            "retries=" + proxy.snapshot().retries(),
                            "usable=" + backend.hasUsable(),
                            "changes=" + changes.get()));
        }
    }

    private static boolean isServed(Socket client, InetSocketAddress proxy) {
        try {
            client.connect(proxy, 10_000);
            client.setSoTimeout(10_000);
            client.getOutputStream().write('1');
            return client.getInputStream().read() == '1';
        } catch (IOException e) {
            return false;
        }
    }

    private static ProxyConfig config(int port) {
        CheckConfig check = CheckConfig.builder().inter(Duration.ofMillis(50)).fall(2).build();
        return new ProxyConfig(
                List.of(
                        FrontendConfig.builder("web")
                                .bind("127.0.0.1", 0)
                                .defaultBackend("app")
                                .build()),
                List.of(
                        BackendConfig.builder("app")
                                .retries(0)
                                .server(
                                        ServerConfig.builder("s1", "127.0.0.1", port)
                                                .check(check)
                                                .build())
                                .build()));
    }
}

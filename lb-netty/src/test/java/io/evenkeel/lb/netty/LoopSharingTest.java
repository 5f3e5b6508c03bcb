package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions are shared evenly by the event loops, whichever listener the kernel gives a connection to. */
class LoopSharingTest {
    private static final int CLIENTS = 41;

    @ParameterizedTest
    @EnumSource
    void eachLoopHasAsManySessionsAsTheOthersOrOneOrTwoLess(Transport transport) throws Exception {
        BlockingQueue<String> loops = new LinkedBlockingQueue<>();
        ProxyObserver observer =
                new ProxyObserver() {
                    @Override
                    public void onSessionEnd(SessionEnd end) {
                        assertEquals(TerminationCause.COMPLETED, end.cause());
                        loops.add(Thread.currentThread().getName());
                    }
                };
        try (TcpServer echo = TcpServer.echo();
                TcpProxy proxy = proxy(transport, observer, echo.port())) {
            proxy.start();
            List<Socket> clients = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    Socket client = new Socket();
                    clients.add(client);
                    client.connect(proxy.boundAddresses("web").get(0), 10_000);
                    client.setSoTimeout(10_000);
                    client.getOutputStream().write(i);
                    assertEquals(i, client.getInputStream().read());
                }
                for (Socket client : clients) {
                    client.shutdownOutput();
                    assertEquals(-1, client.getInputStream().read());
                }
            } finally {
                for (Socket client : clients) {
                    client.close();
                }
            }
            List<String> ends = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                ends.add(String.valueOf(loops.poll(10, TimeUnit.SECONDS)));
            }
            Map<String, Long> shares =
                    ends.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Function.identity(), Collectors.counting()));
            assertEquals(3, shares.size(), shares.toString());
            // A loop gives away what it accepts when it has two more than another.
            assertTrue(
                    Collections.max(shares.values()) - Collections.min(shares.values()) <= 2,
                    shares.toString());
        }
    }

    private static TcpProxy proxy(Transport transport, ProxyObserver observer, int server)
            throws ProxyStartException {
        FrontendConfig web =
                FrontendConfig.builder("web").bind("127.0.0.1", 0).defaultBackend("app").build();
        BackendConfig app = BackendConfig.builder("app").servers(ProxyFixture.at(server)).build();
        return TcpProxy.builder()
                .config(ProxyConfig.builder().frontends(web).backends(app).build())
                .transport(transport)
                .eventLoops(3)
                .drainTimeout(Duration.ZERO)
                .observer(observer)
                .build();
    }
}

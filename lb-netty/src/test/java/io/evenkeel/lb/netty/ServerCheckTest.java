package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HealthCheck;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The check of one server, on a loop of its own. */
class ServerCheckTest {
    @Test
    void anAddressThatIsFoundBeforeItBeginsDoesNotDoubleIt() throws Exception {
        BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();
        ScheduledExecutorService names = Executors.newSingleThreadScheduledExecutor();
        try (TestLoop loop = new TestLoop();
                TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connections.add(connection);
                                    connection.getInputStream().read();
                                })) {
            // One each hour, but for the first.
            CheckConfig config = CheckConfig.builder().inter(Duration.ofHours(1)).build();
            Backend backend =
                    new Backend(
                            BackendConfig.builder("app")
                                    .servers(
                                            List.of(
                                                    ServerConfig.builder(
                                                                    "s", "127.0.0.1", server.port())
                                                            .check(config)
                                                            .build()))
                                    .build());
            ServerAddresses addresses = new ServerAddresses();
            addresses.follow(Map.of("127.0.0.1", 0), names);
            Server checked = backend.servers().get(0);
            ServerCheck check =
                    new ServerCheck(
                            loop.context(),
                            new Upstream(backend, addresses),
                            checked,
                            new HealthCheck(config, new SplittableRandom(1)),
                            addresses,
                            null,
                            new UnpooledByteBufAllocator(true));
            loop.call(
                    () -> {
                        check.onAddressChange("its name was found");
                        // Of its own it would begin after 100 ms.
                        check.start(1, 36_000);
                        return true;
                    });
            Await.until("checked", () -> server.accepted() > 0);
            // After what was due before this.
            loop.context().loop().schedule(() -> {}, 100, TimeUnit.MILLISECONDS).get();
            loop.call(() -> true);
            loop.call(
                    () -> {
                        check.stop();
                        return true;
                    });
            try (Socket last = new Socket("127.0.0.1", server.port())) {
                Await.until(
                        "the last one is accepted",
                        () ->
                                connections.stream()
                                        .anyMatch(each -> each.getPort() == last.getLocalPort()));
                assertEquals(2, server.accepted(), "one check, and this");
            }
        } finally {
            names.shutdownNow();
        }
    }
}

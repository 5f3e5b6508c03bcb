package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.AgentConfig;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgentTest {
    private static final String RESET = "reset";

    private final AtomicReference<String> answer = new AtomicReference<>("");
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger silences = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();

    /** Listens to two bytes, then says the answer; nothing for an empty one, and RST for {@link #RESET}. */
    private TcpServer agent() throws Exception {
        return TcpServer.start(
                connection -> {
                    heard.add(new String(connection.getInputStream().readNBytes(2)));
                    String line = answer.get();
                    if (line.equals(RESET)) {
                        resets.incrementAndGet();
                        connection.setSoLinger(true, 0);
                        return;
                    }
                    if (line.isEmpty()) {
                        silences.incrementAndGet();
                    }
                    connection.getOutputStream().write(line.getBytes());
                });
    }

    private static ServerConfig served(int port, int agentPort) {
        return ServerConfig.builder("s", "127.0.0.1", port)
                .weight(100)
                .agent(
                        AgentConfig.builder(agentPort)
                                .inter(Duration.ofMillis(50))
                                .send("s\n")
                                .build())
                .build();
    }

    private static ProxyFixture proxy(Transport transport, ServerConfig server) throws Exception {
        return ProxyFixture.start(
                transport, frontend -> frontend, backend -> backend.server(server));
    }

    @ParameterizedTest
    @EnumSource
    void aServerDoesWhatItsAgentSays(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.named("here");
                TcpServer agent = agent();
                ProxyFixture proxy = proxy(transport, served(server.port(), agent.port()))) {
            Backend backend = proxy.proxy().backend("app");
            Server served = backend.servers().get(0);
            assertEquals("s\n", heard.poll(10, TimeUnit.SECONDS));

            answer.set("down # disk full\n");
            Await.until("it is down", () -> !backend.hasUsable());
            assertTrue(served.isAgentDown());
            proxy.assertResetsItsClients();

            answer.set("up 50% maxconn:7");
            Await.until("it is up", backend::hasUsable);
            Await.until("its limit is as said", () -> served.maxConnections() == 7);
            Await.until("its weight is as said", () -> served.weight() == 50);
            try (Socket client = proxy.connect()) {
                assertEquals("here", new String(client.getInputStream().readAllBytes()));
            }

            answer.set("drain\n");
            Await.until("it drains", () -> served.adminState() == AdminState.DRAIN);
            answer.set("ready,100%\n" + "x".repeat(100_000));
            Await.until("it is back", () -> served.adminState() == AdminState.READY);
            Await.until("the weight is back", () -> served.weight() == 100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAgentThatIsSilentOrGoneChangesNothing(Transport transport) throws Exception {
        answer.set("drain\n");
        try (TcpServer server = TcpServer.echo();
                TcpServer agent = agent();
                ProxyFixture proxy = proxy(transport, served(server.port(), agent.port()))) {
            Server served = proxy.proxy().backend("app").servers().get(0);
            Await.until("it drains", () -> served.adminState() == AdminState.DRAIN);
            answer.set("");
            Await.until("the agent was silent", () -> silences.get() > 2);
            answer.set(RESET);
            Await.until("the agent was gone", () -> resets.get() > 2);
            assertEquals(AdminState.DRAIN, served.adminState());
            assertTrue(served.isUp());
        }
    }
}

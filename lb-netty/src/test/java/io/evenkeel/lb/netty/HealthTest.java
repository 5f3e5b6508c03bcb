package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HealthState;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {
    /** Changes of health, in order. */
    private static final class Changes implements BackendObserver {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

        @Override
        public void onHealthChange(Backend backend, Server server, HealthTransition transition) {
            queue.add(server.name() + " " + transition.to());
        }

        String await() throws InterruptedException {
            return String.valueOf(queue.poll(10, TimeUnit.SECONDS));
        }
    }

    private static ServerConfig checked(String name, int port) {
        return ServerConfig.builder(name, "127.0.0.1", port)
                .check(CheckConfig.builder().inter(Duration.ofMillis(60)).rise(2).fall(3).build())
                .build();
    }

    private static Set<String> askTwice(ProxyFixture proxy) throws Exception {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            try (Socket client = proxy.connect()) {
                answers.add(new String(client.getInputStream().readAllBytes()));
            }
        }
        return answers;
    }

    @ParameterizedTest
    @EnumSource
    void aKilledServerIsOutAfterFallChecksAndBackAfterRise(Transport transport) throws Exception {
        TcpServer a = TcpServer.named("a");
        int port = a.port();
        try (TcpServer b = TcpServer.named("b");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(checked("a", port))
                                                .server(checked("b", b.port())))) {
            Changes changes = new Changes();
            Backend backend = proxy.proxy().backend("app");
            backend.addObserver(changes);
            Await.until("both servers are up", () -> backend.pool().usableCount() == 2);
            assertEquals(Set.of("a", "b"), askTwice(proxy));

            // Both are told of in the turn in which they are done: this waits for it.
            backend.nextDeadlineNanos();
            changes.queue.clear();
            a.close();
            assertEquals("a DOWN", changes.await());
            assertEquals(Set.of("b"), askTwice(proxy));

            try (TcpServer again =
                    TcpServer.startAt(
                            port, connection -> connection.getOutputStream().write('A'))) {
                assertEquals("a UP", changes.await());
                assertEquals(Set.of("A", "b"), askTwice(proxy));
                assertTrue(again.accepted() >= 2, "a server is up after two passed checks");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatIsNotInChargeChecksRarely(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.named("a");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend -> backend.server(checked("a", server.port())))) {
            proxy.proxy().slowChecks(1000);
            Backend backend = proxy.proxy().backend("app");
            Await.until("it is up", () -> backend.pool().usableCount() == 1);
            Await.standstill(server::accepted);

            int before = server.accepted();
            proxy.proxy().slowChecks(1);
            Await.until("checks come as configured", () -> server.accepted() > before + 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientsAreResetAtOnceWhenEveryServerIsDown(Transport transport) throws Exception {
        try (RefusingPort refusing = new RefusingPort();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend -> backend.server(checked("a", refusing.port())))) {
            Backend backend = proxy.proxy().backend("app");
            Server server = backend.servers().get(0);
            Await.until("the server is down", () -> server.health() == HealthState.DOWN);
            // Waits for the change to be over: its pool is made.
            backend.nextDeadlineNanos();
            proxy.assertResetsItsClients();
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.NO_SERVER, end.cause());
            // The time that a client would wait in the queue, were it put there.
            assertTrue(end.totalNanos() < 5_000_000_000L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatComesBeforeTheFirstCheckHasEndedWaitsForIt(Transport transport)
            throws Exception {
        // The second server's first check is due half an interval after the first one's.
        ServerConfig later =
                ServerConfig.builder("later", "127.0.0.1", 1)
                        .check(CheckConfig.builder().inter(Duration.ofSeconds(4)).build())
                        .build();
        try (TcpServer server = TcpServer.named("late");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(later)
                                                .server(
                                                        ServerConfig.builder(
                                                                        "b",
                                                                        "127.0.0.1",
                                                                        server.port())
                                                                .check(later.check())
                                                                .build()))) {
            try (Socket client = proxy.connect()) {
                assertEquals("late", new String(client.getInputStream().readAllBytes()));
            }
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.COMPLETED, end.cause());
            assertTrue(end.queueNanos() > 0, "it did not wait");
        }
    }
}

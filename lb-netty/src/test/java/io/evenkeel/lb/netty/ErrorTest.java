package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.Candidates;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.Selector;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an {@link Error} of the application's own code costs: that of which it is part, and no loop. */
class ErrorTest {
    private final AtomicInteger thrown = new AtomicInteger();

    private NoClassDefFoundError error() {
        thrown.incrementAndGet();
        return new NoClassDefFoundError("a/class/of/the/application");
    }

    /** With one loop and one place for a connection, so that nobody else can stand in for either. */
    private TcpProxy proxy(Transport transport, ProxyObserver observer, Balance balance, int port)
            throws ProxyStartException {
        FrontendConfig web =
                FrontendConfig.builder("web")
                        .bind("127.0.0.1", 0)
                        .maxConnections(1)
                        .defaultBackend("app")
                        .build();
        BackendConfig app =
                BackendConfig.builder("app")
                        .balance(balance)
                        .servers(ProxyFixture.at(port))
                        .build();
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(new ProxyConfig(List.of(web), List.of(app)))
                        .eventLoops(1)
                        .transport(transport)
                        .drainTimeout(Duration.ZERO)
                        .observer(observer)
                        .build();
        proxy.start();
        return proxy;
    }

    private static Socket connect(TcpProxy proxy) throws IOException {
        Socket client = new Socket();
        client.connect(proxy.boundAddresses("web").get(0), 10_000);
        client.setSoTimeout(10_000);
        return client;
    }

    private static void assertServes(TcpProxy proxy) throws IOException {
        try (Socket client = connect(proxy)) {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAnObserverItCostsNeitherTheLoopNorThePlaceOfTheConnection(Transport transport)
            throws Exception {
        ProxyObserver observer =
                new ProxyObserver() {
                    @Override
                    public void onSessionEnd(SessionEnd end) {
                        throw error();
                    }
                };
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy = proxy(transport, observer, Balance.roundRobin(), server.port())) {
            assertServes(proxy);
            assertServes(proxy);
            assertServes(proxy);
            Await.until("all have ended", () -> thrown.get() == 3);
            Await.until("no place is taken", () -> proxy.snapshot().activeSessions() == 0);
        }
    }

    /** Throws at first, then takes the first server. */
    private final class Failing implements Balance {
        @Override
        public String keyword() {
            return "failing";
        }

        @Override
        public Selector selector(Candidates candidates) {
            return (key, nowNanos, offer) -> {
                if (thrown.get() < 2) {
                    throw error();
                }
                return offer.takeFrom(0, candidates.size());
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofABalanceItCostsTheConnectionThatAskedForAServer(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy =
                        proxy(transport, ProxyObserver.NONE, new Failing(), server.port())) {
            for (int i = 0; i < 2; i++) {
                assertTrue(isReset(proxy));
            }
            assertServes(proxy);
            assertEquals(2, proxy.snapshot().ends().get(TerminationCause.INTERNAL));
        }
    }

    /** It may be as early as during the connect. */
    private static boolean isReset(TcpProxy proxy) throws IOException {
        try (Socket client = connect(proxy)) {
            return client.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAnObserverOfABackendItEndsNoChecksAndTheOthersHearAllTheSame(Transport transport)
            throws Exception {
        int port = TcpServer.unusedPort();
        AtomicInteger heard = new AtomicInteger();
        try (ProxyFixture proxy =
                ProxyFixture.start(
                        transport,
                        frontend -> frontend,
                        backend ->
                                backend.server(
                                        ServerConfig.builder("s1", "127.0.0.1", port)
                                                .check(
                                                        CheckConfig.builder()
                                                                .inter(Duration.ofMillis(20))
                                                                .rise(1)
                                                                .fall(1)
                                                                .build())
                                                .build()))) {
            Backend backend = proxy.proxy().backend("app");
            Server server = backend.servers().get(0);
            backend.addObserver(
                    new BackendObserver() {
                        @Override
                        public void onHealthChange(
                                Backend source, Server changed, HealthTransition transition) {
                            throw error();
                        }
                    });
            backend.addObserver(
                    new BackendObserver() {
                        @Override
                        public void onHealthChange(
                                Backend source, Server changed, HealthTransition transition) {
                            heard.incrementAndGet();
                        }
                    });
            for (int i = 0; i < 2; i++) {
                try (TcpServer serving = TcpServer.startAt(port, connection -> {})) {
                    Await.until("it is up", () -> serving.accepted() > 0 && server.isUp());
                }
                Await.until("it is down", () -> !server.isUp());
            }
            Await.until("all changes were heard", () -> heard.get() >= 4);
            assertTrue(thrown.get() >= 4, thrown + " errors were thrown");
        }
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No more connections to a server are under way than may be; the others wait, and all come. */
class ConnectPacingTest {
    private static final int MOST = 3;
    private static final ConnectConfig PACED = ConnectConfig.builder().maxConnecting(MOST).build();

    @ParameterizedTest
    @EnumSource
    void ofTwoHundredClientsAtOnceFewConnectAtATimeAndAllAreServed(Transport transport)
            throws Exception {
        AtomicInteger highest = new AtomicInteger();
        List<Socket> clients = new ArrayList<>();
        try (TcpServer echo = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.connectTimeout(Duration.ofSeconds(10))
                                                .server(paced("s1", echo.port()))
                                                .server(paced("s2", echo.port())))) {
            proxy.proxy()
                    .backend("app")
                    .addObserver(
                            new BackendObserver() {
                                @Override
                                public void onPick(Backend backend, Server server) {
                                    highest.accumulateAndGet(server.connecting(), Math::max);
                                }
                            });
            for (int i = 0; i < 200; i++) {
                clients.add(proxy.connect());
            }
            for (Socket client : clients) {
                client.getOutputStream().write('x');
            }
            for (Socket client : clients) {
                assertEquals('x', client.getInputStream().read());
            }
            assertTrue(highest.get() <= MOST, highest + " were under way");
            for (Server server : proxy.proxy().backend("app").servers()) {
                assertEquals(0, server.connecting());
                assertTrue(server.inFlight() > 0, server + " has none");
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static ServerConfig paced(String name, int port) {
        return ServerConfig.builder(name, "127.0.0.1", port).connect(PACED).build();
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForAServerThatAnswersNoConnectIsUnderTheQueueTimeout(Transport transport)
            throws Exception {
        try (SilentPort silent = new SilentPort();
                ProxyFixture proxy = silent(transport, silent, Duration.ofMillis(200))) {
            List<Socket> connecting = connectAll(proxy);
            proxy.assertResetsItsClients();
            assertEquals(TerminationCause.QUEUE_TIMEOUT, proxy.awaitEnd().cause());
            for (Socket client : connecting) {
                client.close();
            }
        }
    }

    private static ProxyFixture silent(Transport transport, SilentPort silent, Duration queue)
            throws ProxyStartException {
        return ProxyFixture.start(
                transport,
                frontend -> frontend,
                backend ->
                        backend.connectTimeout(Duration.ofHours(1))
                                .queueTimeout(queue)
                                .retries(0)
                                .server(paced("s1", silent.port())));
    }

    /** As many as may; none of them is ever answered. */
    private static List<Socket> connectAll(ProxyFixture proxy) throws Exception {
        List<Socket> connecting = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            connecting.add(proxy.connect());
        }
        Server server = proxy.proxy().backend("app").servers().get(0);
        Await.until("so many connect", () -> server.connecting() == MOST);
        return connecting;
    }

    @ParameterizedTest
    @EnumSource
    void whoGivesUpWhileItConnectsLetsTheNextOneBegin(Transport transport) throws Exception {
        try (SilentPort silent = new SilentPort();
                ProxyFixture proxy = silent(transport, silent, Duration.ofHours(1))) {
            List<Socket> connecting = connectAll(proxy);
            Backend backend = proxy.proxy().backend("app");
            Server server = backend.servers().get(0);
            try (Socket waiting = proxy.connect()) {
                Await.until("one waits", () -> backend.queueLength() == 1);
                // One that connects gives up, and the next begins.
                connecting.remove(0).close();
                Await.until("nobody waits", () -> backend.queueLength() == 0);
                assertEquals(TerminationCause.CLIENT_ABORT_CONNECTING, proxy.awaitEnd().cause());
                Await.until(waiting + " is the next", () -> server.connecting() == MOST);
            }
            for (Socket client : connecting) {
                client.close();
            }
        }
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.OutlierConfig;
import io.evenkeel.lb.Server;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutlierTest {
    private static void ask(ProxyFixture proxy) throws Exception {
        try (Socket client = proxy.connect()) {
            assertEquals("good", new String(client.getInputStream().readAllBytes()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatRefusesIsLeftOutForAWhile(Transport transport) throws Exception {
        OutlierConfig soon =
                OutlierConfig.builder()
                        .baseEjection(Duration.ofMillis(300))
                        .interval(Duration.ofMillis(100))
                        .build();
        try (TcpServer good = TcpServer.named("good");
                RefusingPort refusing = new RefusingPort();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.servers(
                                                        ProxyFixture.at(
                                                                refusing.port(), good.port()))
                                                .redispatchInterval(1)
                                                .outliers(soon))) {
            Backend backend = proxy.proxy().backend("app");
            Server bad = backend.servers().get(0);
            // It may be in again before anybody looks.
            List<Boolean> ejections = new CopyOnWriteArrayList<>();
            backend.addObserver(
                    new BackendObserver() {
                        @Override
                        public void onEjectionChange(
                                Backend source, Server server, boolean ejected, String cause) {
                            if (server == bad) {
                                ejections.add(ejected);
                            }
                        }
                    });
            for (int i = 0; i < 12; i++) {
                ask(proxy);
            }
            Await.until("it is ejected", () -> ejections.contains(true));
            Await.until("it is taken in again", () -> ejections.contains(false));
            assertTrue(ejections.get(0), "it was ejected first");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOnlyServerIsNotLeftOut(Transport transport) throws Exception {
        try (RefusingPort refusing = new RefusingPort();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.servers(ProxyFixture.at(refusing.port()))
                                                .retries(0)
                                                .outliers(OutlierConfig.builder().build()))) {
            for (int i = 0; i < 12; i++) {
                proxy.assertResetsItsClients();
                assertEquals(TerminationCause.CONNECT_FAILED, proxy.awaitEnd().cause());
            }
        }
    }
}

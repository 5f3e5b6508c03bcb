package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HealthState;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.InitialState;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.TrackedServer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerTrackersTest {
    private static ServerConfig tracking(String name, String tracked) {
        return ServerConfig.builder(name, "127.0.0.1", 1)
                .tracked(new TrackedServer("app", tracked))
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void healthIsTakenOverAlsoByWayOfOthers(Transport transport) throws Exception {
        CheckConfig seldom =
                CheckConfig.builder()
                        .inter(Duration.ofHours(1))
                        .initialState(InitialState.UP)
                        .build();
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(tracking("c", "b"))
                                                .server(tracking("b", "a"))
                                                .server(
                                                        ServerConfig.builder(
                                                                        "a",
                                                                        "127.0.0.1",
                                                                        server.port())
                                                                .check(seldom)
                                                                .build()))) {
            Backend backend = proxy.proxy().backend("app");
            Server last = backend.servers().get(0);
            Server tracked = backend.servers().get(2);
            Await.until("both follow at the start", () -> last.health() == HealthState.UP);
            for (HealthState state :
                    new HealthState[] {HealthState.DOWN, HealthState.STOPPING, HealthState.UP}) {
                backend.apply(
                        tracked,
                        new HealthTransition(tracked.health(), state, "test"),
                        System.nanoTime());
                Await.until("both follow to " + state, () -> last.health() == state);
            }
            backend.setAgentDown(tracked, true, "test", System.nanoTime());
            Await.until("the agent counts", () -> last.health() == HealthState.DOWN);
            backend.setAgentDown(tracked, false, "test", System.nanoTime());
            Await.until("and again", () -> last.health() == HealthState.UP);
            backend.setAdminState(tracked, AdminState.MAINTENANCE, System.nanoTime());
            Await.until("maintenance counts", () -> last.health() == HealthState.UNKNOWN);
            assertEquals(AdminState.READY, last.adminState());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatCameLaterFollowsToo(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = ProxyFixture.start(transport, server.port())) {
            Backend backend = proxy.proxy().backend("app");
            Server tracked = backend.servers().get(0);
            backend.update(
                    BackendConfig.builder("app")
                            .servers(backend.config().servers())
                            .server(tracking("later", "s1"))
                            .build(),
                    System.nanoTime());
            Server later = backend.servers().get(1);
            Await.until("it follows", () -> later.health() == HealthState.UP);
            backend.setAgentDown(tracked, true, "test", System.nanoTime());
            Await.until("and goes on to", () -> later.health() == HealthState.DOWN);
        }
    }
}

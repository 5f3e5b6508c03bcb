package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server whose name is resolved, as its backend sees it. */
class ServerAddressTest {
    private static final ServerAddress ONE = at("192.0.2.1");
    private static final ServerAddress TWO = at("192.0.2.2");

    private final List<String> told = new ArrayList<>();

    private static ServerAddress at(String ip) {
        return new ServerAddress(Objects.requireNonNull(IpAddress.parse(ip)), 80);
    }

    private static ServerConfig.Builder named() {
        return ServerConfig.builder("s", "web.test", 80).resolution(ServerResolution.by("dns"));
    }

    private Backend backend(ServerConfig server) {
        Backend backend = new Backend(BackendConfig.builder("b").server(server).build());
        backend.addObserver(
                new BackendObserver() {
                    @Override
                    public void onAddressChange(
                            Backend of,
                            Server changed,
                            @Nullable ServerAddress before,
                            @Nullable ServerAddress now,
                            String cause) {
                        told.add(before + " -> " + now + ": " + cause);
                    }
                });
        return backend;
    }

    @Test
    void isOutOfUseWithoutOne() {
        Backend backend = backend(named().build());
        Server server = backend.servers().get(0);
        assertFalse(server.isUsable());
        assertEquals(Refusal.NONE_USABLE, backend.refusal());
        backend.setAddress(server, ONE, "found", 0);
        assertTrue(server.isUsable());
        backend.setAddress(server, ONE, "found again", 0);
        backend.setAddress(server, null, "gone", 0);
        assertFalse(server.isUp());
        assertEquals(0, backend.pool().usableCount());
        assertEquals(HealthState.UNKNOWN, server.trackedHealth());
        assertEquals(List.of("null -> 192.0.2.1:80: found", "192.0.2.1:80 -> null: gone"), told);
    }

    @Test
    void isOutOfUseEvenWhereServersAreUsedWhateverTheirChecksSay() {
        Backend backend =
                new Backend(
                        BackendConfig.builder("b")
                                .server(named().build())
                                .allDown(AllDown.failOpenBelow(50))
                                .build());
        assertEquals(0, backend.pool().usableCount());
    }

    @Test
    void aPlaceWithoutOneTakesNothingFromItsPriority() {
        Backend backend =
                new Backend(
                        BackendConfig.builder("b")
                                .server(named().build())
                                .server(ServerConfig.builder("t", "192.0.2.9", 80).build())
                                .server(
                                        ServerConfig.builder("next", "192.0.2.8", 80)
                                                .priority(1)
                                                .build())
                                .build());
        assertEquals(1, backend.pool().share(0));
    }

    @Test
    void isCheckedAnewAtAnotherOne() {
        Backend backend = backend(named().check(CheckConfig.builder().build()).build());
        Server server = backend.servers().get(0);
        backend.setAddress(server, ONE, "found", 0);
        assertEquals(Refusal.AWAITING_FIRST_CHECK, backend.refusal());
        backend.apply(
                server, new HealthTransition(HealthState.UNKNOWN, HealthState.UP, "passed"), 0);
        assertTrue(server.isUsable());
        int changes = server.addressChanges();
        backend.setAddress(server, TWO, "moved", 0);
        assertEquals(HealthState.UNKNOWN, server.health());
        assertFalse(server.isUsable());
        assertEquals(changes + 1, server.addressChanges());
    }

    @Test
    void startsSlowlyAtAnotherOneButNotAtTheFirst() {
        Backend backend = backend(named().slowStart(Duration.ofSeconds(10)).build());
        Server server = backend.servers().get(0);
        backend.setAddress(server, ONE, "found", 0);
        assertEquals(Backend.NO_DEADLINE, backend.nextDeadlineNanos());
        backend.setAddress(server, TWO, "moved", 0);
        assertTrue(backend.nextDeadlineNanos() < Backend.NO_DEADLINE);
    }

    @Test
    void aPlaceThatWasKnownToBeEmptyStartsSlowlyToo() {
        Backend backend = backend(named().slowStart(Duration.ofSeconds(10)).build());
        Server server = backend.servers().get(0);
        backend.setAddress(server, null, "too few", 0);
        backend.setAddress(server, ONE, "found", 0);
        assertTrue(backend.nextDeadlineNanos() < Backend.NO_DEADLINE);
    }

    @Test
    void keepsItWithAnotherConfiguration() {
        Backend backend = backend(named().build());
        Server server = backend.servers().get(0);
        backend.setAddress(server, ONE, "found", 0);
        backend.update(BackendConfig.builder("b").server(named().weight(9).build()).build(), 0);
        assertEquals(server, backend.servers().get(0));
        assertEquals(ONE, server.address());
        backend.update(
                BackendConfig.builder("b").server(named().resolution(null).build()).build(), 0);
        assertNull(server.address());
        assertTrue(server.isUsable());
    }

    @Test
    void resolversHaveToBeThereAndAServiceNeedsThem() {
        List<BackendConfig> backends =
                List.of(BackendConfig.builder("b").server(named().build()).build());
        InvalidConfigException missing =
                assertThrows(
                        InvalidConfigException.class, () -> new ProxyConfig(List.of(), backends));
        assertTrue(
                String.valueOf(missing.getMessage()).contains("there are no resolvers 'dns'"),
                missing.getMessage());
        ServerConfig.Builder service = ServerConfig.builder("s", "_http._tcp.test", 0);
        assertThrows(InvalidConfigException.class, service::build);
        assertEquals(0, service.resolution(ServerResolution.by("dns")).build().port());
        assertThrows(
                InvalidConfigException.class,
                () ->
                        ServerConfig.builder("s", "192.0.2.1", 80)
                                .resolution(ServerResolution.by("dns"))
                                .build());
    }
}

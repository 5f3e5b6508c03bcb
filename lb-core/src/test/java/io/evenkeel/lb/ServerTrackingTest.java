package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTrackingTest {
    private static ServerConfig.Builder tracking(String name, String backend, String server) {
        return Fixture.server(name).tracked(new TrackedServer(backend, server));
    }

    private static List<String> problems(ServerConfig.Builder... servers) {
        BackendConfig web = Fixture.config(servers).build();
        return assertThrows(
                        InvalidConfigException.class,
                        () -> new ProxyConfig(List.of(), List.of(web)))
                .problems()
                .stream()
                .map(ConfigProblem::toString)
                .toList();
    }

    @Test
    void aTrackedServerMustBeThereAndLeadToOneThatIsChecked() {
        assertEquals(
                List.of(
                        "proxy.backend[web].server[A].tracked: is web/X, and there is no such"
                                + " server; name another"),
                problems(tracking("A", "web", "X")));
        assertEquals(
                List.of(
                        "proxy.backend[web].server[A].tracked: is web/B, but web/C has neither a"
                                + " check nor an agent; give it one",
                        "proxy.backend[web].server[B].tracked: is web/C, but web/C has neither a"
                                + " check nor an agent; give it one"),
                problems(
                        tracking("A", "web", "B"), tracking("B", "web", "C"), Fixture.server("C")));
        assertEquals(
                List.of(
                        "proxy.backend[web].server[A].tracked: is web/A, which leads back to"
                                + " web/A; remove one"),
                problems(tracking("A", "web", "A")));
        InvalidConfigException both =
                assertThrows(
                        InvalidConfigException.class,
                        () -> tracking("A", "web", "B").check(Fixture.CHECK).build());
        assertEquals("server[A].tracked", both.problems().get(0).path());
    }

    @Test
    void aTrackerIsUnknownFirstAndHearsWhatHolds() {
        Backend backend =
                Fixture.backend(
                        Fixture.server("A").check(Fixture.CHECK), tracking("B", "web", "A"));
        Server tracked = Fixture.server(backend, "A");
        assertEquals(HealthState.UNKNOWN, Fixture.server(backend, "B").health());
        assertEquals(HealthState.UNKNOWN, tracked.trackedHealth());
        Fixture.set(backend, tracked, HealthState.STOPPING);
        assertEquals(HealthState.STOPPING, tracked.trackedHealth());
        backend.setAgentDown(tracked, true, "test", 0);
        assertEquals(HealthState.DOWN, tracked.trackedHealth());
        backend.setAdminState(tracked, AdminState.MAINTENANCE, 0);
        assertEquals(HealthState.UNKNOWN, tracked.trackedHealth());
    }
}

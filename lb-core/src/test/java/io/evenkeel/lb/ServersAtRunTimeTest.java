package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.picks;
import static io.evenkeel.lb.Fixture.server;
import static io.evenkeel.lb.Fixture.set;
import static io.evenkeel.lb.Fixture.up;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people change while a backend works. */
class ServersAtRunTimeTest {
    private final List<String> told = new ArrayList<>();

    private final BackendObserver observer =
            new BackendObserver() {
                @Override
                public void onAdminStateChange(
                        Backend backend, Server server, AdminState before, AdminState now) {
                    told.add(server.name() + " " + before + " " + now);
                }

                @Override
                public void onCapacityChange(Backend backend, Server server) {
                    told.add(server.name() + " " + server.weight() + " " + server.maxConnections());
                }

                @Override
                public void onFailOpenChange(Backend backend, boolean open) {
                    told.add(open ? "open" : "closed");
                }

                @Override
                public void onUsableCountChange(Backend backend, int before, int now) {
                    told.add(before + " to " + now);
                }
            };

    @Test
    void aServerThatDrainsKeepsItsConnectionsAndGetsNoMore() {
        Backend backend = up(1, 1);
        backend.addObserver(observer);
        Lease kept = Fixture.pick(backend);
        backend.setAdminState(server(backend, "A"), AdminState.DRAIN, 0);
        backend.setAdminState(server(backend, "A"), AdminState.DRAIN, 0);
        assertEquals("BBB", picks(backend, 3));
        assertEquals(1, server(backend, "A").inFlight());
        assertTrue(server(backend, "A").isRunning(), "what is sticky may still go there");
        kept.close();
        backend.setAdminState(server(backend, "A"), AdminState.READY, 0);
        assertEquals(2, backend.pool().usableCount());
        assertEquals(List.of("A READY DRAIN", "2 to 1", "A DRAIN READY", "1 to 2"), told);
    }

    @Test
    void maintenanceIsOutOfUseAndNotRunning() {
        Backend backend =
                new Backend(
                        Fixture.config(Fixture.server("A").disabled(true), Fixture.server("B"))
                                .build());
        assertEquals(AdminState.MAINTENANCE, server(backend, "A").adminState());
        assertFalse(server(backend, "A").isRunning());
        backend.setAdminState(server(backend, "A"), AdminState.READY, 0);
        backend.setAdminState(server(backend, "B"), AdminState.MAINTENANCE, 0);
        assertEquals("AA", picks(backend, 2));
        backend.setAdminState(server(backend, "A"), AdminState.MAINTENANCE, 0);
        assertNull(backend.pick(PickRequest.ANY, 0));
        assertEquals(Refusal.NONE_USABLE, backend.refusal());
    }

    @Test
    void aWeightCountsFromTheNextPickOn() {
        Backend backend = up(1, 1);
        backend.addObserver(observer);
        backend.setWeight(server(backend, "A"), 3, 0);
        assertEquals(6, picks(backend, 8).chars().filter(name -> name == 'A').count());
        backend.setWeight(server(backend, "A"), 0, 0);
        assertEquals("BBBB", picks(backend, 4));
        assertEquals(List.of("A 3 0", "A 0 0", "2 to 1"), told);
        assertEquals(1, server(backend, "A").config().weight(), "what was configured stays");
        assertThrows(
                IllegalArgumentException.class,
                () -> backend.setWeight(server(backend, "A"), 257, 0));
        assertThrows(
                IllegalArgumentException.class, () -> backend.setWeight(server(up(1), "A"), 1, 0));
    }

    @Test
    void aLimitHoldsFromTheNextPickOn() {
        Backend backend = up(Balance.leastConnections(), 1, 1);
        backend.addObserver(observer);
        for (int i = 0; i < 4; i++) {
            Fixture.pick(backend);
        }
        backend.setMaxConnections(server(backend, "A"), 1, 0);
        backend.setMaxConnections(server(backend, "B"), 3, 0);
        assertEquals("B", Fixture.pick(backend).server().name());
        assertNull(backend.pick(PickRequest.ANY, 0));
        assertEquals(2, server(backend, "A").inFlight(), "what is above it goes on");
        backend.setMaxConnections(server(backend, "A"), 0, 0);
        assertNotNull(backend.pick(PickRequest.ANY, 0));
        assertEquals(List.of("A 1 1", "B 1 3", "A 1 0"), told);
        assertThrows(
                IllegalArgumentException.class,
                () -> backend.setMaxConnections(server(backend, "A"), -1, 0));
    }

    @Test
    void allBackupsServeTogetherByTheBalance() {
        BackendConfig.Builder config =
                Fixture.config(
                        Fixture.server("A").check(Fixture.CHECK),
                        Fixture.server("X").backup(true).weight(2),
                        Fixture.server("Y").backup(true));
        Backend first = new Backend(config.build());
        Backend all = new Backend(config.allBackups(true).build());
        assertEquals("XXX", picks(first, 3));
        assertEquals("XYX", picks(all, 3));
        set(all, "A", HealthState.UP);
        assertEquals("AA", picks(all, 2));
    }

    @Test
    void failingOpenUsesAllServersAndIsToldOnce() {
        Backend backend = checked(AllDown.failOpenBelow(50), "A", "B", "C", "D");
        backend.addObserver(observer);
        set(backend, "A", HealthState.DOWN);
        set(backend, "B", HealthState.DOWN);
        assertFalse(backend.pool().isFailOpen(), "half of them are well");
        set(backend, "C", HealthState.DOWN);
        assertTrue(backend.pool().isFailOpen());
        set(backend, "D", HealthState.DOWN);
        assertEquals(4, picks(backend, 4).chars().distinct().count());
        backend.setAdminState(server(backend, "D"), AdminState.MAINTENANCE, 0);
        assertEquals(3, picks(backend, 6).chars().distinct().count(), "people's word holds");
        set(backend, "A", HealthState.UP);
        set(backend, "B", HealthState.UP);
        assertFalse(backend.pool().isFailOpen());
        assertEquals(
                List.of("open", "closed"),
                told.stream().filter(t -> t.matches("open|closed")).toList());
    }

    @Test
    void serversThatAreNotCheckedYetAreNotTakenForDown() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A").check(Fixture.CHECK),
                                        Fixture.server("B").check(Fixture.CHECK))
                                .allDown(AllDown.failOpenBelow(100))
                                .build());
        assertNull(backend.pick(PickRequest.ANY, 0));
        assertEquals(Refusal.AWAITING_FIRST_CHECK, backend.refusal());
        set(backend, "A", HealthState.DOWN);
        assertNull(backend.pick(PickRequest.ANY, 0));
        set(backend, "B", HealthState.DOWN);
        assertNotNull(backend.pick(PickRequest.ANY, 0));
    }

    @Test
    void failingClosedRefusesAndBackupsComeBeforeFailingOpen() {
        Backend closed = checked(AllDown.FAIL_CLOSED, "A");
        set(closed, "A", HealthState.DOWN);
        assertNull(closed.pick(PickRequest.ANY, 0));
        Backend open =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A").check(Fixture.CHECK),
                                        Fixture.server("X").backup(true))
                                .allDown(AllDown.failOpenBelow(1))
                                .build());
        set(open, "A", HealthState.DOWN);
        assertEquals("X", picks(open, 1));
        open.setAdminState(server(open, "X"), AdminState.DRAIN, 0);
        assertEquals("A", picks(open, 1));
        assertThrows(IllegalArgumentException.class, () -> AllDown.failOpenBelow(101));
    }

    private static Backend checked(AllDown policy, String... names) {
        BackendConfig.Builder config = BackendConfig.builder("web").allDown(policy);
        for (String name : names) {
            config.server(Fixture.server(name).check(Fixture.CHECK).build());
        }
        Backend backend = new Backend(config.build());
        List.copyOf(backend.servers()).forEach(server -> set(backend, server, HealthState.UP));
        return backend;
    }
}

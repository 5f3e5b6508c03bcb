package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgentCheckTest {
    private static final long SECOND = 1_000_000_000L;

    private final Backend backend =
            Fixture.backend(
                    Fixture.server("A").weight(10).maxConnections(5).check(Fixture.CHECK),
                    Fixture.server("B").weight(10).check(Fixture.CHECK));
    private final Server a = Fixture.server(backend, "A");
    private final AgentCheck agent =
            new AgentCheck(AgentConfig.builder(8081).build(), new Random(1));

    private void says(String line) {
        agent.onLine(line, backend, a, 0);
    }

    private void up() {
        Fixture.set(backend, "A", HealthState.UP);
        Fixture.set(backend, "B", HealthState.UP);
    }

    @Test
    void anAgentThatSaidDrainAndIsGoneLeavesTheServerDraining() {
        up();
        says("drain");
        for (int i = 0; i < 10; i++) {
            agent.onSilence(i * SECOND);
        }
        assertEquals(AdminState.DRAIN, a.adminState());
        assertEquals(HealthState.UP, a.health());
        assertFalse(a.isAgentDown());
        assertTrue(a.isUp(), "sessions that are there go on");
        assertEquals("BBB", Fixture.picks(backend, 3));
        says("ready");
        assertTrue(Fixture.picks(backend, 4).contains("A"));
    }

    @Test
    void oneWordTakesTheServerDownAndOnlyAWordBringsItUp() {
        up();
        says("down # disk full");
        assertEquals("BB", Fixture.picks(backend, 2));
        agent.onSilence(0);
        says("50%");
        assertFalse(a.isUp(), "a weight says nothing about health");
        says("up");
        assertTrue(a.isUsable());
    }

    @Test
    void upNeedsTheChecksAndTheAgent() {
        says("up");
        assertFalse(a.isUsable(), "no check has passed yet");
        says("stopped");
        Fixture.set(backend, "A", HealthState.UP);
        assertFalse(a.isUsable(), "a check that passes is not enough");
        says("up");
        assertTrue(a.isUsable());
        Fixture.set(backend, "A", HealthState.DOWN);
        says("up");
        assertFalse(a.isUsable(), "nor is the agent's word");
    }

    @Test
    void aServerWithoutChecksIsUpUntilItsAgentSaysOtherwise() {
        Backend unchecked = Fixture.backend(Fixture.server("A"));
        Server server = Fixture.server(unchecked, "A");
        assertTrue(server.isUsable());
        agent.onLine("fail", unchecked, server, 0);
        assertFalse(server.isUsable());
    }

    @Test
    void aPartOfTheWeightIsOfTheConfiguredOneAndLimitsAreTaken() {
        up();
        says("50%");
        says("50% maxconn:3");
        assertEquals(5, a.weight());
        assertEquals(3, a.maxConnections());
        says("0%");
        assertEquals("BB", Fixture.picks(backend, 2));
        says("100% maxconn:0");
        assertEquals(10, a.weight());
        assertEquals(0, a.maxConnections());
    }

    @Test
    void theAgentOverridesWhatPeopleDecided() {
        up();
        backend.setAdminState(a, AdminState.MAINTENANCE, 0);
        says("up ready");
        assertEquals(AdminState.READY, a.adminState());
        says("maint");
        assertEquals(AdminState.MAINTENANCE, a.adminState());
    }

    @Test
    void aServerWhoseAgentIsNoLongerConfiguredIsNotDownByIt() {
        AgentConfig config = AgentConfig.builder(8081).build();
        Backend asked = Fixture.backend(Fixture.server("A").agent(config));
        Server server = Fixture.server(asked, "A");
        agent.onLine("down", asked, server, 0);
        asked.update(Fixture.config(Fixture.server("A").agent(config).weight(2)).build(), 0);
        assertFalse(server.isUsable(), "the agent is still there");
        asked.update(Fixture.config(Fixture.server("A").weight(2)).build(), 0);
        assertTrue(server.isUsable());
    }

    @Test
    void observersHearTheAgentsReason() {
        List<String> heard = new ArrayList<>();
        backend.addObserver(
                new BackendObserver() {
                    @Override
                    public void onAgentChange(Backend b, Server s, boolean down, String cause) {
                        heard.add(s.name() + " " + down + " " + cause);
                    }
                });
        says("down # disk full");
        says("down # still");
        says("up");
        assertEquals(
                List.of("A true the agent says down: disk full", "A false the agent says up"),
                heard);
    }

    @Test
    void questionsComeAtTheirInterval() {
        AgentCheck third =
                new AgentCheck(
                        AgentConfig.builder(1).inter(Duration.ofSeconds(8)).build(), new Random(1));
        assertEquals(100 + 4 * SECOND, third.start(100, 2, 4));
        third.onSilence(10 * SECOND);
        assertEquals(18 * SECOND, third.nextCheckNanos());
        third.onLine("up", backend, a, 20 * SECOND);
        assertEquals(28 * SECOND, third.nextCheckNanos());
        AgentCheck varied =
                new AgentCheck(
                        AgentConfig.builder(1)
                                .inter(Duration.ofSeconds(2))
                                .spreadPercent(50)
                                .build(),
                        new Random(2));
        for (int i = 0; i < 1000; i++) {
            varied.onSilence(0);
            long next = varied.nextCheckNanos();
            assertTrue(next >= SECOND && next <= 3 * SECOND, () -> "seed 2: " + next);
        }
    }
}

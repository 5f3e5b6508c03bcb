package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several routers together: elections, failovers, handovers and healed partitions. */
class LanTest {

    /** For each of the four rows below; {@code -Devenkeel.seeds=10000} looks for something rare. */
    private static final long SEEDS = Long.getLong("evenkeel.seeds", 250);

    private final Lan lan = new Lan(1);

    private LanNode node(int priority, String address) {
        return lan.add(Packets.router().priority(priority).build(), address);
    }

    private void startAll() {
        lan.nodes().forEach(LanNode::start);
    }

    private void assertActive(LanNode... expected) {
        assertEquals(List.of(expected), lan.active(), lan.trace());
        for (LanNode node : lan.nodes()) {
            assertEquals(
                    lan.active().contains(node), !node.owned.isEmpty(), node + "\n" + lan.trace());
        }
    }

    @Test
    void theHighestPriorityIsElectedAndTheNextTakesOver() {
        // RFC 9568, section 6.4.2: the skew keeps the lower one silent.
        LanNode best = node(200, "10.9.0.1");
        LanNode second = node(150, "10.9.0.2");
        LanNode third = node(100, "10.9.0.3");
        startAll();
        lan.run(5 * Lan.SECOND);
        assertActive(best);

        best.link(false);
        lan.run(4 * Lan.SECOND);
        assertActive(second);
        assertEquals(0, third.sent, "The lowest router never had a reason to send.");

        best.link(true);
        lan.run(4 * Lan.SECOND);
        assertActive(best);
    }

    @Test
    void twoBackupsOfEqualPriorityAndEqualDeadlinesSettleWithinOneRoundTrip() {
        // RFC 9568, section 6.4.3: the higher address stays.
        LanNode lower = node(100, "10.9.0.1");
        LanNode higher = node(100, "10.9.0.2");
        startAll();
        lan.run(3609 * Lan.MILLI + 375_000);
        assertActive(lower, higher);
        lan.run(Lan.MILLI);
        assertActive(higher);
    }

    @Test
    void aHealedPartitionEndsDualOwnershipAndTheWinnerAnnouncesLast() {
        LanNode best = node(200, "10.9.0.1");
        LanNode other = node(100, "10.9.0.2");
        other.segment = 1;
        startAll();
        lan.run(20 * Lan.SECOND);
        assertActive(best, other);

        other.segment = 0;
        lan.run(Lan.SECOND + 2 * Lan.MILLI);
        assertActive(best);
        lan.run(10 * Lan.SECOND);
        String trace = lan.trace();
        assertTrue(
                trace.lastIndexOf("10.9.0.1 Announce") > trace.lastIndexOf("10.9.0.2 Announce"),
                trace);
        assertTrue(
                trace.lastIndexOf("10.9.0.1 Announce")
                        > trace.lastIndexOf("10.9.0.2 RemoveAddresses"),
                trace);
    }

    @Test
    void aPlannedStopTakesMillisecondsAndLeavesTheAddressesNeverUnowned() {
        LanNode best = node(200, "10.9.0.1");
        LanNode other = node(100, "10.9.0.2");
        startAll();
        lan.run(10 * Lan.SECOND);
        best.stop();
        for (int i = 0; i < 30; i++) {
            lan.run(Lan.MILLI);
            assertFalse(lan.active().isEmpty(), lan.trace());
        }
        assertActive(other);
        assertTrue(best.router.isStopped());
    }

    @Test
    void aHandoverIsNotUndoneForAMinuteAndThenIs() {
        LanNode best = node(200, "10.9.0.1");
        LanNode other = node(100, "10.9.0.2");
        startAll();
        lan.run(10 * Lan.SECOND);
        best.handover();
        lan.run(30 * Lan.MILLI);
        assertActive(other);
        lan.run(59 * Lan.SECOND);
        assertActive(other);
        lan.run(6 * Lan.SECOND);
        assertActive(best);
    }

    @Test
    void everyThirdAdvertisementLostForAnHourChangesNothing() {
        LanNode best = node(200, "10.9.0.1");
        LanNode other = node(100, "10.9.0.2");
        startAll();
        lan.run(10 * Lan.SECOND);
        for (int second = 0; second < 3600; second++) {
            other.segment = second % 3 == 0 ? 1 : 0;
            lan.run(Lan.SECOND);
        }
        assertActive(best);
        assertEquals(0, other.sent);

        other.segment = 1;
        lan.run(4 * Lan.SECOND);
        assertActive(best, other);
    }

    @Test
    void aBackupThatIsPausedTenTimesTheDownIntervalDoesNotPromoteItself() {
        LanNode best = node(200, "10.9.0.1");
        LanNode other = node(100, "10.9.0.2");
        startAll();
        lan.run(10 * Lan.SECOND);
        other.pause(36 * Lan.SECOND);
        lan.run(60 * Lan.SECOND);
        assertActive(best);
        assertEquals(0, other.sent);
    }

    @Test
    void anActiveThatWasPausedGetsTheAddressesBackAndTellsTheNeighbours() {
        LanNode best = node(200, "10.9.0.1");
        LanNode other = node(100, "10.9.0.2");
        startAll();
        lan.run(10 * Lan.SECOND);
        best.pause(10 * Lan.SECOND);
        lan.run(9 * Lan.SECOND);
        assertActive(best, other);
        lan.run(Lan.SECOND + 2 * Lan.MILLI);
        assertActive(best);
        String trace = lan.trace();
        assertTrue(
                trace.lastIndexOf("10.9.0.1 Announce") > trace.lastIndexOf("10.9.0.2 Announce"),
                trace);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(longs = {0, 1_000_000, 2_000_000, 3_000_000})
    void whateverHappensOneRouterIsActiveWhenItIsOverAndItIsTheBest(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + SEEDS; seed++) {
            RandomStory.play(seed);
        }
    }

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(longs = {0, 1_000_000})
    void whateverHappensASyncGroupIsActiveAsAWhole(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + SEEDS; seed++) {
            SyncGroupStory.play(seed);
        }
    }
}

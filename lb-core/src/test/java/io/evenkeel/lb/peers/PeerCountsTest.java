package io.evenkeel.lb.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.SourceLimit;
import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.TrackedEntry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node counts is told to its peers while it counts. */
class PeerCountsTest {
    private static final long SECOND = PeerNetwork.SECOND;

    private final PeerNetwork crowded = network(StickDataType.CONN_CNT);

    private enum What {
        CONN_RATE {
            @Override
            void happenIn(StickTable table, long now) {
                table.track(PeerNetwork.key(table, 1), now);
            }
        },
        CONN_CNT {
            @Override
            void happenIn(StickTable table, long now) {
                table.track(PeerNetwork.key(table, 1), now);
            }
        },
        SESS_RATE {
            @Override
            void happenIn(StickTable table, long now) {
                table.track(PeerNetwork.key(table, 1), now).countSession(now);
            }
        },
        BYTES_IN_RATE {
            @Override
            void happenIn(StickTable table, long now) {
                table.track(PeerNetwork.key(table, 1), now).countBytes(1_000, 0, now);
            }
        },
        GPC0_RATE {
            @Override
            void happenIn(StickTable table, long now) {
                table.track(PeerNetwork.key(table, 1), now).countGeneral(now);
            }
        },
        GPT0 {
            @Override
            void happenIn(StickTable table, long now) {
                table.mark(PeerNetwork.key(table, 1), 7, now);
            }
        };

        abstract void happenIn(StickTable table, long now);

        StickDataType type() {
            return StickDataType.valueOf(name());
        }
    }

    private static PeerNetwork network(StickDataType... types) {
        StickTableConfig.Builder config = StickTableConfig.builder(StickKeyType.ip(), 100);
        for (StickDataType type : types) {
            if (type.isRate()) {
                config.store(type, Duration.ofHours(1));
            } else {
                config.store(type);
            }
        }
        PeerNetwork network = new PeerNetwork(31, config.build(), "a", "b");
        network.run(5 * SECOND, () -> {});
        return network;
    }

    private static long value(PeerNetwork network, int node, StickDataType type) {
        StickTable table = network.nodes.get(node).table;
        return table.value(PeerNetwork.key(table, 1), type, network.now());
    }

    /** Of connections that go on, and of a table that holds nothing else; a rate goes down a little meanwhile. */
    @ParameterizedTest
    @EnumSource
    void aPeerKnowsIt(What what) {
        PeerNetwork network = network(what.type());
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100; i++) {
                what.happenIn(network.nodes.get(0).table, network.now());
            }
            network.run(SECOND, () -> {});
            long here = value(network, 0, what.type());
            long there = value(network, 1, what.type());
            assertTrue(here > 0 && there > 0.9 * here && there <= here, here + ", " + there);
        }
    }

    @Test
    void aPeerKnowsOfConnectionsThatAreRefused() {
        PeerNetwork network = network(StickDataType.CONN_CUR, StickDataType.CONN_CNT);
        StickTable table = network.nodes.get(0).table;
        SourceLimit limit = new SourceLimit(table, 1, 0);
        for (int i = 0; i < 5; i++) {
            limit.admit(PeerNetwork.key(table, 1), network.now());
            network.run(SECOND, () -> {});
        }
        assertEquals(5, value(network, 1, StickDataType.CONN_CNT));
        assertEquals(0, value(network, 1, StickDataType.CONN_CUR), "each node's own");
    }

    /** Otherwise one client could make the other nodes as busy as this one. */
    @Test
    void anEntryThatChangesOftenIsOneChange() {
        PeerNetwork.Node a = crowded.nodes.get(0);
        for (int i = 0; i < 1_000; i++) {
            TrackedEntry entry = a.table.track(PeerNetwork.key(a.table, 1), crowded.now());
            entry.release(crowded.now());
        }
        assertEquals(1, a.group.states(crowded.now()).get(0).unconfirmed());
        crowded.run(SECOND, () -> {});
        assertEquals(1_000, value(crowded, 1, StickDataType.CONN_CNT));
    }

    @Test
    void whatIsCountedWhileAPeerIsAwayIsToldWhenItIsBack() {
        PeerNetwork.Node a = crowded.nodes.get(0);
        crowded.setPartitioned(true);
        a.table.track(PeerNetwork.key(a.table, 1), crowded.now());
        crowded.run(SECOND, () -> {});
        crowded.reconfigure(a, true);
        a.table.track(PeerNetwork.key(a.table, 1), crowded.now());
        crowded.setPartitioned(false);
        crowded.run(10 * SECOND, () -> {});
        assertEquals(2, value(crowded, 1, StickDataType.CONN_CNT));
        assertEquals(0, a.group.states(crowded.now()).get(0).unconfirmed());
    }
}

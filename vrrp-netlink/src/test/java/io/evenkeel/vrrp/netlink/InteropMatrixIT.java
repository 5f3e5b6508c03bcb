package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.netlink.InteropPlan.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Evenkeel beside keepalived and FRR's vrrpd, in every way that the peer knows, whatever happens to either side: exactly one of the two
 * owns the addresses. docs/interop.md says what is played and where the peers fall short of it.
 *
 * <p>The cells of the matrix mostly wait, so several are played at once. Each plays its events one after the other, in all ways at once; a
 * test waits for what came of one event in one way.
 */
@RootTest(programs = {Keepalived.PROGRAM, Frr.PROGRAM, "/usr/bin/tcpdump"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropMatrixIT {
    private static final int AT_ONCE = 12;

    /** Leaves out the cells whose tests are not named like this, such as {@code FRR v3}; everything is played if it is not set. */
    private static final String ONLY = System.getProperty("interop", "");

    private static final List<Way> VERSION_2 = List.of(Way.V2_IPV4_MULTICAST, Way.V2_IPV4_UNICAST);
    private static final List<Way> VERSION_3 =
            List.of(
                    Way.V3_IPV4_MULTICAST,
                    Way.V3_IPV4_UNICAST,
                    Way.V3_IPV6_MULTICAST,
                    Way.V3_IPV6_UNICAST);

    private final ExecutorService pool =
            Executors.newFixedThreadPool(
                    AT_ONCE,
                    task -> {
                        Thread thread = new Thread(task, "interop");
                        thread.setDaemon(true);
                        return thread;
                    });

    @TempDir private Path directory;

    @AfterAll
    void end() throws Exception {
        // The last cells still take down what they made.
        pool.shutdown();
        assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES), "the cells are closed");
    }

    @TestFactory
    Stream<DynamicTest> exactlyOneOwns() throws Exception {
        List<InteropRun> runs = new ArrayList<>();
        for (InteropPlan plan : plans()) {
            Path own = Files.createDirectory(directory.resolve("cell" + runs.size()));
            runs.add(new InteropRun(plan, own));
        }
        runs.forEach(pool::execute);
        return runs.stream().flatMap(InteropRun::tests);
    }

    /** Those that take longest first: version 2 cannot do with less than a second. */
    private static List<InteropPlan> plans() {
        List<InteropPlan> plans = new ArrayList<>();
        for (Peer peer : Peer.values()) {
            for (List<Way> ways : List.of(VERSION_2, VERSION_3)) {
                for (Side first : Side.values()) {
                    for (Side side : Side.values()) {
                        List<Way> known = ways.stream().filter(way -> knows(peer, way)).toList();
                        plans.add(new InteropPlan(peer, known, first, side, Side.PEER));
                        plans.add(new InteropPlan(peer, known, first, null, side));
                    }
                }
            }
        }
        plans.removeIf(plan -> !plan.describe(plan.ways().get(0), "").contains(ONLY));
        plans.sort(
                Comparator.comparing((InteropPlan plan) -> plan.better() == null)
                        .thenComparing(plan -> plan.ways().get(0).version()));
        return plans;
    }

    private static boolean knows(Peer peer, Way way) {
        return peer == Peer.KEEPALIVED || !way.isUnicast();
    }
}

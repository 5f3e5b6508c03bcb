package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpScript;
import io.evenkeel.vrrp.VrrpState;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole services that meet on the loopback network of one JVM: no root needed. */
class LoopbackServiceTest {
    private final List<LoopbackNode> nodes = new ArrayList<>();
    private int port;

    @BeforeEach
    void findPort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(LoopbackNode::close);
    }

    @Test
    void theHighestPriorityIsElectedAndAloneHoldsTheAddress() throws Exception {
        LoopbackNode high = start(1, config(100).build());
        LoopbackNode middle = start(2, config(90).build());
        LoopbackNode low = start(3, config(80).build());
        // Their timers are 4 ms apart: on a busy machine a lower one may be first, for a moment.
        for (LoopbackNode backup : List.of(middle, low)) {
            backup.awaitState(VrrpState.BACKUP);
            awaitAdvertisement(backup);
            backup.awaitHolding(false);
        }
        assertEquals(VrrpState.ACTIVE, high.state());
        high.awaitHolding(true);
    }

    @Test
    void aHigherRouterThatComesLaterPreempts() throws Exception {
        LoopbackNode low = start(1, config(90).build());
        low.awaitState(VrrpState.ACTIVE);
        LoopbackNode high = start(2, config(100).build());
        high.awaitState(VrrpState.ACTIVE);
        low.awaitState(VrrpState.BACKUP);
        low.awaitHolding(false);
        high.awaitHolding(true);
    }

    @Test
    void closingTheActiveHandsTheAddressOverLongBeforeAnInterval() throws Exception {
        LoopbackNode high = start(1, slow(100).build());
        LoopbackNode low = start(2, slow(90).build());
        high.awaitState(VrrpState.ACTIVE);
        low.awaitState(VrrpState.BACKUP);
        awaitAdvertisement(low);
        long closing = System.nanoTime();
        high.close();
        low.awaitState(VrrpState.ACTIVE);
        long gapMillis = (System.nanoTime() - closing) / 1_000_000;
        assertFalse(high.isHolding());
        low.awaitHolding(true);
        // Without the fast handover it takes the Skew_Time: 166/256 of the interval, 1297 ms.
        assertTrue(gapMillis < 1_200, "The handover took " + gapMillis + " ms.");
    }

    @Test
    void handoverLeavesTheOldActiveAsBackup() throws Exception {
        LoopbackNode high = start(1, slow(100).build());
        LoopbackNode low = start(2, slow(90).build());
        high.awaitState(VrrpState.ACTIVE);
        awaitAdvertisement(low);
        high.service().handover("VI_1");
        low.awaitState(VrrpState.ACTIVE);
        high.awaitState(VrrpState.BACKUP);
        high.awaitHolding(false);
        assertThrows(IllegalArgumentException.class, () -> high.service().handover("VI_9"));
    }

    @Test
    void aFailedTrackerMovesTheAddressAndARecoveredOneBringsItBack() throws Exception {
        Tracker tracker = new Tracker("pool", -50);
        LoopbackNode high = start(1, config(100).trackers(List.of(tracker)).build());
        LoopbackNode low = start(2, config(90).build());
        high.awaitState(VrrpState.ACTIVE);
        high.service().report("pool", false);
        low.awaitState(VrrpState.ACTIVE);
        assertEquals(50, high.snapshot().priority());
        high.service().report("pool", true);
        high.awaitState(VrrpState.ACTIVE);
        assertEquals(100, high.snapshot().priority());
        assertThrows(IllegalArgumentException.class, () -> high.service().report("nobody", true));
    }

    @Test
    void aTrackerThatHasFailedBeforeTheStartCountsAtTheStart() throws Exception {
        Tracker tracker = new Tracker("pool", -50);
        LoopbackNode node = node(1, config(100).trackers(List.of(tracker)).build(), List.of());
        node.service().report("pool", false);
        node.service().start();
        assertEquals(50, node.snapshot().priority());
    }

    @Test
    void aScriptMovesThePriorityByItsWeight(@TempDir Path directory) throws Exception {
        Path healthy = Files.createFile(directory.resolve("healthy"));
        VrrpScript script =
                new VrrpScript(
                        "check",
                        List.of("/usr/bin/test", "-e", healthy.toString()),
                        20_000_000L,
                        5_000_000_000L,
                        -20,
                        1,
                        1,
                        false);
        VirtualRouterConfig config =
                config(100).trackers(List.of(new Tracker("check", -20))).build();
        LoopbackNode node = node(1, config, List.of(script));
        node.service().start();
        node.awaitPriority(100);
        Files.delete(healthy);
        node.awaitPriority(80);
        Files.createFile(healthy);
        node.awaitPriority(100);
    }

    @Test
    void aFatalScriptHoldsTheRouterBackUntilItHasAnswered(@TempDir Path directory)
            throws Exception {
        Path answer = directory.resolve("answer");
        VirtualRouterConfig config = config(100).trackers(List.of(Tracker.fatal("check"))).build();
        LoopbackNode node = node(1, config, List.of(thatWaitsFor(answer, 0, false)));
        node.service().start();
        node.awaitState(VrrpState.FAULT);
        Files.createFile(answer);
        node.await(
                "Active, by way of Backup",
                n ->
                        statesOf(n)
                                .equals(
                                        List.of(
                                                VrrpState.FAULT,
                                                VrrpState.BACKUP,
                                                VrrpState.ACTIVE)));
    }

    @Test
    void theWeightOfAScriptCountsFromItsFirstResult(@TempDir Path directory) throws Exception {
        Path answer = directory.resolve("answer");
        VirtualRouterConfig config =
                config(100).trackers(List.of(new Tracker("check", 20))).build();
        LoopbackNode node = node(1, config, List.of(thatWaitsFor(answer, 20, false)));
        node.service().start();
        node.awaitState(VrrpState.ACTIVE);
        assertEquals(100, node.snapshot().priority());
        Files.createFile(answer);
        node.awaitPriority(120);
    }

    @Test
    void aScriptThatBeginsAsFailedCountsAsFailedAtOnce(@TempDir Path directory) throws Exception {
        Path answer = directory.resolve("answer");
        VirtualRouterConfig config =
                config(100).trackers(List.of(new Tracker("check", -20))).build();
        LoopbackNode node = node(1, config, List.of(thatWaitsFor(answer, -20, true)));
        node.service().start();
        node.awaitState(VrrpState.ACTIVE);
        assertEquals(80, node.snapshot().priority());
        Files.createFile(answer);
        node.awaitPriority(100);
    }

    /** A script that succeeds once there is such a file. */
    private static VrrpScript thatWaitsFor(Path file, int weight, boolean initiallyFailed) {
        return new VrrpScript(
                "check",
                List.of("/bin/sh", "-c", "until [ -e " + file + " ]; do sleep 0.02; done"),
                60_000_000_000L,
                60_000_000_000L,
                weight,
                1,
                1,
                initiallyFailed);
    }

    @Test
    void aScriptThatHangsIsKilledWithItsChildrenAndCountsAsFailed(@TempDir Path directory)
            throws Exception {
        VrrpScript script =
                new VrrpScript(
                        "check",
                        List.of("/bin/sh", "-c", hangsFromItsSecondRunOn(directory)),
                        20_000_000L,
                        1_000_000_000L,
                        0,
                        1,
                        1,
                        false);
        VirtualRouterConfig config = config(100).trackers(List.of(new Tracker("check", 0))).build();
        LoopbackNode node = node(1, config, List.of(script));
        node.service().start();
        node.await("it to have passed", n -> statesOf(n).contains(VrrpState.BACKUP));
        node.awaitState(VrrpState.FAULT);
        String child = Files.readAllLines(directory.resolve("pids")).get(0);
        ProcessHandle.of(Long.parseLong(child))
                .ifPresent(killed -> killed.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    private static String hangsFromItsSecondRunOn(Path directory) {
        return "cd "
                + directory
                + " && if [ -e once ]; then sleep 300 & echo $! >> pids; wait; else : > once; fi";
    }

    @Test
    void everyChangeOfStateIsToldInOrder() throws Exception {
        LoopbackNode node = start(1, config(100).build());
        node.awaitState(VrrpState.ACTIVE);
        node.close();
        assertEquals(
                List.of(VrrpState.BACKUP, VrrpState.ACTIVE, VrrpState.INITIALIZE), statesOf(node));
    }

    @Test
    void aListenerThatBlocksDoesNotHoldUpTheRouters() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        LoopbackNode node =
                new LoopbackNode(
                        address(1),
                        List.of(address(2)),
                        config(100).build(),
                        List.of(),
                        event -> {
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        nodes.add(node);
        node.service().start();
        node.awaitState(VrrpState.ACTIVE);
        node.awaitHolding(true);
        release.countDown();
    }

    @Test
    void closeIsIdempotentAndAServiceStartsOnce() throws Exception {
        LoopbackNode node = start(1, config(100).build());
        assertThrows(IllegalStateException.class, () -> node.service().start());
        node.service().close();
        node.service().close();
        assertEquals(VrrpState.INITIALIZE, node.state());
        assertThrows(IllegalStateException.class, () -> node.service().start());
    }

    @Test
    void closeFromAListenerDoesNotHang() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        LoopbackNode[] holder = new LoopbackNode[1];
        CountDownLatch ready = new CountDownLatch(1);
        LoopbackNode node =
                new LoopbackNode(
                        address(1),
                        List.of(),
                        config(100).build(),
                        List.of(),
                        event -> {
                            try {
                                ready.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            holder[0].service().close();
                            closed.countDown();
                        });
        holder[0] = node;
        nodes.add(node);
        node.service().start();
        ready.countDown();
        assertTrue(closed.await(10, TimeUnit.SECONDS));
    }

    @Test
    void anAddressInUseIsNamedAndNothingStaysOpen() throws Exception {
        start(1, config(100).build());
        LoopbackNode second = node(1, config(90).build(), List.of());
        VrrpStartException refused =
                assertThrows(VrrpStartException.class, () -> second.service().start());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("127.77.0.1:" + port), message);
        assertTrue(message.contains("EADDRINUSE"), message);
    }

    private LoopbackNode start(int number, VirtualRouterConfig config) throws Exception {
        LoopbackNode node = node(number, config, List.of());
        node.service().start();
        return node;
    }

    private LoopbackNode node(int number, VirtualRouterConfig config, List<VrrpScript> scripts) {
        List<InetSocketAddress> peers = new ArrayList<>();
        for (int peer = 1; peer <= 3; peer++) {
            if (peer != number) {
                peers.add(address(peer));
            }
        }
        LoopbackNode node = new LoopbackNode(address(number), peers, config, scripts, event -> {});
        nodes.add(node);
        return node;
    }

    private InetSocketAddress address(int number) {
        return new InetSocketAddress("127.77.0." + number, port);
    }

    private static List<VrrpState> statesOf(LoopbackNode node) {
        return node.events().stream()
                .filter(VrrpEvent.StateChanged.class::isInstance)
                .map(event -> ((VrrpEvent.StateChanged) event).to())
                .toList();
    }

    /** Waits until the Backup has heard the Active. */
    private static void awaitAdvertisement(LoopbackNode node) throws Exception {
        node.await("an advertisement", n -> n.snapshot().counters().advertisementsReceived() > 0);
    }

    private static VirtualRouterConfig.Builder config(int priority) {
        return LoopbackNode.config(priority, Duration.ofMillis(100));
    }

    private static VirtualRouterConfig.Builder slow(int priority) {
        return LoopbackNode.config(priority, Duration.ofSeconds(2));
    }
}

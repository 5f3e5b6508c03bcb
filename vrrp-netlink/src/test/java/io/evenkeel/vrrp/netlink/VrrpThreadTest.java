package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop that drives the routers, on the loopback network. */
class VrrpThreadTest {
    private static final AddressHolder NO_HOLDER =
            new AddressHolder() {
                @Override
                public void acquire(VirtualAddress address) {}

                @Override
                public void release(VirtualAddress address) {}
            };

    private static final Duration PAUSE_TOLERANCE = Duration.ofSeconds(1);

    private final List<Loop> loops = new ArrayList<>();
    private int port;

    @BeforeEach
    void findPort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Loop loop : loops) {
            loop.thread.stop();
            loop.runner.join(10_000);
        }
    }

    @Test
    void aBackupThatWasPausedReadsItsSocketBeforeItLooksAtItsTimer() throws Exception {
        Loop active = start(1, 2, 100, Duration.ofMillis(250));
        Loop backup = start(2, 1, 90, Duration.ofMillis(250));
        awaitState(active, VrrpState.ACTIVE);
        awaitState(backup, VrrpState.BACKUP);
        backup.events.clear();
        // Each longer than the Active_Down_Interval of 912 ms, with three advertisements or more in
        // the socket.
        backup.pause(1_500);
        awaitStall(backup, 500);
        backup.pause(2_500);
        awaitStall(backup, 1_500);
        assertEquals(VrrpState.BACKUP, backup.ask(VirtualRouter::state));
        assertEquals(
                List.of(),
                backup.events.stream().filter(VrrpEvent.StateChanged.class::isInstance).toList());
    }

    @Test
    void anActiveThatIsPausedForLessThanTheToleranceGoesOnAdvertising() throws Exception {
        Loop active = start(1, 2, 100, Duration.ofMillis(100));
        Loop backup = start(2, 1, 90, Duration.ofMillis(100));
        awaitState(active, VrrpState.ACTIVE);
        awaitState(backup, VrrpState.BACKUP);
        int promotions = backup.ask(router -> (int) router.counters().promotions());
        long heard = backup.ask(router -> router.counters().advertisementsReceived());
        int late = active.ask(router -> (int) router.counters().lateWakeUps());
        // Twice the Active_Down_Interval of the Backup.
        long sent = active.ask(router -> router.counters().advertisementsSent());
        active.pause(740);
        Conditions.await(
                "what was due in the pause to be counted",
                () -> active.ask(router -> router.counters().advertisementsSent()) >= sent + 7);
        assertTrue(
                backup.ask(router -> router.counters().advertisementsReceived()) - heard >= 5,
                "advertisements that came during a pause of 7 intervals");
        assertEquals(
                Integer.valueOf(promotions),
                backup.ask(router -> (int) router.counters().promotions()));
        assertEquals(
                Integer.valueOf(late), active.ask(router -> (int) router.counters().lateWakeUps()));
        assertTrue(active.ask(router -> active.thread.heartbeat().queued()) >= 5);
    }

    @Test
    void anActiveThatIsPausedForLongerGoesSilentAndTakesTheAddressesBack() throws Exception {
        Loop active = start(1, 2, 100, Duration.ofMillis(50));
        Loop backup = start(2, 1, 90, Duration.ofMillis(50));
        awaitState(active, VrrpState.ACTIVE);
        awaitState(backup, VrrpState.BACKUP);
        int promotions = backup.ask(router -> (int) router.counters().promotions());
        active.pause(2_000);
        // What is asked at once is answered in the round of the pause, before it is noted.
        Conditions.await(
                "the pause to be noted",
                () -> active.ask(router -> router.counters().lateWakeUps()) > 0);
        Conditions.await(
                "the Backup to have taken over",
                () -> backup.ask(router -> router.counters().promotions()) > promotions);
        awaitState(backup, VrrpState.BACKUP);
        awaitState(active, VrrpState.ACTIVE);
    }

    @Test
    void theSteadyStateAllocatesNothing() throws Exception {
        Loop active = start(1, 2, 100, Duration.ofMillis(10));
        Loop backup = start(2, 1, 90, Duration.ofMillis(10));
        awaitState(active, VrrpState.ACTIVE);
        awaitState(backup, VrrpState.BACKUP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // What is loaded and linked on first use is over after some rounds.
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 10 && least > 0; attempt++) {
            long sentBefore = active.ask(router -> router.counters().advertisementsSent());
            long before = allocated(threads, active) + allocated(threads, backup);
            TimeUnit.MILLISECONDS.sleep(300);
            long after = allocated(threads, active) + allocated(threads, backup);
            long sent = active.ask(router -> router.counters().advertisementsSent()) - sentBefore;
            if (sent >= 10) {
                least = Math.min(least, after - before);
            }
        }
        assertEquals(0, least, "bytes allocated in 300 ms of 10 ms advertisements");
    }

    @Test
    void aStallIsAnEventOfTheFlightRecorder(@TempDir Path folder) throws Exception {
        Loop active = start(1, 2, 100, Duration.ofMillis(100));
        awaitState(active, VrrpState.ACTIVE);
        try (Recording recording = new Recording()) {
            recording.enable("io.evenkeel.VrrpStall");
            recording.start();
            active.pause(1_500);
            awaitStall(active, 400);
            recording.stop();
            Path file = folder.resolve("stall.jfr");
            recording.dump(file);
            RecordedEvent longest =
                    RecordingFile.readAllEvents(file).stream()
                            .filter(
                                    event ->
                                            event.getEventType()
                                                    .getName()
                                                    .equals("io.evenkeel.VrrpStall"))
                            .max(Comparator.comparing(event -> event.getDuration("lateness")))
                            .orElseThrow();
            assertTrue(longest.getDuration("lateness").toMillis() >= 400, longest.toString());
            assertTrue(longest.getDuration("round").toMillis() >= 1_490, longest.toString());
            assertEquals("vrrp-100", longest.getThread().getJavaName());
        }
    }

    private static long allocated(ThreadMXBean threads, Loop loop) {
        return threads.getThreadAllocatedBytes(loop.runner.getId());
    }

    private Loop start(int number, int peer, int priority, Duration interval) throws Exception {
        Loop loop = new Loop(address(number), address(peer), priority, interval);
        loops.add(loop);
        loop.runner.start();
        return loop;
    }

    private InetSocketAddress address(int number) {
        return new InetSocketAddress("127.78.0." + number, port);
    }

    private static void awaitState(Loop loop, VrrpState state) throws Exception {
        Conditions.await(state.toString(), () -> loop.ask(VirtualRouter::state) == state);
    }

    /** What is asked at once is answered in the round of the pause, in which nothing has happened. */
    private static void awaitStall(Loop loop, long millis) throws Exception {
        Conditions.await(
                "a stall of " + millis + " ms to be noted",
                () ->
                        loop.ask(r -> loop.thread.stalls().statistics().maxNanos())
                                >= millis * 1_000_000);
    }

    private interface Question<T> {
        T answer(VirtualRouter router);
    }

    private static final class Loop {
        final List<VrrpEvent> events = new CopyOnWriteArrayList<>();
        final VirtualRouter router;
        final VrrpThread thread;
        final Thread runner;

        Loop(InetSocketAddress local, InetSocketAddress peer, int priority, Duration interval)
                throws VrrpStartException {
            VirtualRouterConfig config = LoopbackNode.config(priority, interval).build();
            Libc libc = new JnaLibc();
            NetworkSession session =
                    new LoopbackNetwork(local, List.of(peer), NO_HOLDER)
                            .open(
                                    libc,
                                    List.of(config),
                                    List.of(),
                                    List.of(),
                                    new EventDispatcher("unused"));
            HostClocks clocks = new HostClocks(libc);
            Heartbeat heartbeat = new Heartbeat(libc, PAUSE_TOLERANCE.toNanos(), Runnable::run);
            Turn turn = new Turn(heartbeat);
            Roster roster =
                    new Roster(
                            session,
                            router ->
                                    new RouterDriver(
                                            router,
                                            session.port(router),
                                            session.keeper(router),
                                            turn,
                                            events::add,
                                            Runnable::run),
                            clocks,
                            List.of(config),
                            List.of(),
                            List.of());
            router = roster.drivers().get(0).router();
            ThreadTuning tuning =
                    new ThreadTuning(ThreadOptions.defaults(), libc, ProcessRights::ofThisThread);
            thread =
                    new VrrpThread(libc, session, roster, clocks, heartbeat, tuning, Runnable::run);
            runner = new Thread(thread, "vrrp-" + priority);
        }

        <T> T ask(Question<T> question) throws Exception {
            CompletableFuture<T> answer = new CompletableFuture<>();
            thread.submit(now -> answer.complete(question.answer(router)));
            return answer.get(60, TimeUnit.SECONDS);
        }

        /** Keeps the VRRP thread from doing anything, as a pause of the JVM does. */
        void pause(long millis) throws Exception {
            ask(
                    router -> {
                        try {
                            TimeUnit.MILLISECONDS.sleep(millis);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return millis;
                    });
        }
    }
}

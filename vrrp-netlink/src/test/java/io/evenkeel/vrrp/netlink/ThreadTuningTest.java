package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.netlink.ThreadSetting.Kind;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is asked of the host for the VRRP thread, and what is said when it refuses. */
class ThreadTuningTest {
    private static final ThreadOptions EVERYTHING =
            ThreadOptions.defaults().withRealTimePriority(50).withLockedMemory(true);
    private static final ProcessRights NO_RIGHTS = new ProcessRights(0, 8_388_608, 0);
    private static final ProcessRights ALL_RIGHTS = new ProcessRights(-1L, 8_388_608, 0);

    @Test
    void byDefaultItAsksForATimerSlackAlone() {
        Kernel kernel = new Kernel(Map.of());
        List<ThreadSetting> settings = tune(ThreadOptions.defaults(), kernel, NO_RIGHTS);
        assertEquals(
                List.of(new ThreadSetting(Kind.TIMER_SLACK, "a timer slack of 1000 ns", null)),
                settings);
        assertEquals(List.of("prctl 29 1000 0 0 0"), kernel.calls);
    }

    @Test
    void whatTheHostGrantsIsReportedAsTaken() {
        Kernel kernel = new Kernel(Map.of());
        List<ThreadSetting> settings = tune(EVERYTHING, kernel, ALL_RIGHTS);
        assertEquals(
                List.of(Kind.TIMER_SLACK, Kind.LOCKED_MEMORY, Kind.REAL_TIME_PRIORITY),
                settings.stream().map(ThreadSetting::kind).toList());
        assertTrue(settings.stream().allMatch(ThreadSetting::isTaken));
        assertTrue(kernel.calls.contains("mlockall 3"), kernel.calls.toString());
        // SCHED_FIFO with SCHED_RESET_ON_FORK
        assertTrue(
                kernel.calls.stream()
                        .anyMatch(call -> call.startsWith("schedSetscheduler 0 1073741825 ")),
                kernel.calls.toString());
    }

    @Test
    void aRefusedPriorityNamesTheCallTheErrorAndTheMissingRight() {
        Kernel kernel = new Kernel(Map.of("schedSetscheduler", -Errno.EPERM));
        ThreadSetting setting =
                tune(ThreadOptions.defaults().withRealTimePriority(50), kernel, NO_RIGHTS).get(1);
        assertFalse(setting.isTaken());
        assertEquals("SCHED_FIFO with priority 50", setting.asked());
        assertEquals(
                "sched_setscheduler(SCHED_FIFO, 50) failed with EPERM (operation not permitted): the VRRP thread runs with"
                        + " normal priority. Give the process CAP_SYS_NICE, or an RLIMIT_RTPRIO of 50 or more, which is 0 now"
                        + " (LimitRTPRIO= in its systemd unit, ulimit -r).",
                setting.refusal());
    }

    @Test
    void aPriorityRefusedInSpiteOfTheRightPointsElsewhere() {
        Kernel kernel = new Kernel(Map.of("schedSetscheduler", -Errno.EPERM));
        ProcessRights limit = new ProcessRights(0, 0, 50);
        String refusal =
                tune(ThreadOptions.defaults().withRealTimePriority(50), kernel, limit)
                        .get(1)
                        .refusal();
        assertTrue(String.valueOf(refusal).contains("cpu.rt_runtime_us"), refusal);
    }

    @Test
    void memoryIsNotLockedUnderALimitThatTheHeapCouldOutgrow() {
        Kernel kernel = new Kernel(Map.of());
        String refusal =
                tune(ThreadOptions.defaults().withLockedMemory(true), kernel, NO_RIGHTS)
                        .get(1)
                        .refusal();
        assertTrue(
                String.valueOf(refusal)
                        .startsWith(
                                "mlockall(MCL_CURRENT | MCL_FUTURE) was not called, because this process may lock 8388608 bytes alone"),
                refusal);
        assertTrue(String.valueOf(refusal).contains("CAP_IPC_LOCK"), refusal);
        assertEquals(List.of("prctl 29 1000 0 0 0"), kernel.calls);
    }

    @Test
    void aHostWithTooLittleMemorySaysSo() {
        Kernel kernel = new Kernel(Map.of("mlockall", -Errno.ENOMEM));
        String refusal =
                tune(ThreadOptions.defaults().withLockedMemory(true), kernel, ALL_RIGHTS)
                        .get(1)
                        .refusal();
        assertTrue(String.valueOf(refusal).contains("failed with ENOMEM (out of memory)"), refusal);
        assertTrue(String.valueOf(refusal).contains("-Xmx"), refusal);
    }

    @Test
    void theTimerSlackIsThatOfTheCallingThread() throws Exception {
        AtomicReference<String> slack = new AtomicReference<>();
        Thread thread =
                new Thread(
                        () -> {
                            ThreadTuning tuning =
                                    new ThreadTuning(
                                            ThreadOptions.defaults()
                                                    .withTimerSlack(Duration.ofNanos(7_000)),
                                            new JnaLibc(),
                                            ProcessRights::ofThisThread);
                            tuning.apply(Runnable::run);
                            slack.set(tuning.settings().get(0).refusal() + " " + ownTimerSlack());
                        });
        thread.start();
        thread.join();
        assertEquals("null 7000", slack.get());
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ThreadOptions.defaults().withRealTimePriority(100));
        assertThrows(
                IllegalArgumentException.class,
                () -> ThreadOptions.defaults().withTimerSlack(Duration.ofSeconds(2)));
        assertEquals(
                EVERYTHING,
                ThreadOptions.defaults().withLockedMemory(true).withRealTimePriority(50));
    }

    @Test
    void rightsAreReadAsProcShowsThem() {
        ProcessRights rights =
                ProcessRights.parse(
                        "Name:\tjava\nCapInh:\t0000000000003000\nCapEff:\t0000000000803000\n",
                        """
                        Limit                     Soft Limit           Hard Limit           Units
                        Max locked memory         8388608              unlimited            bytes
                        Max realtime priority     7                    7
                        """);
        assertTrue(rights.has(ProcessRights.Capability.NET_ADMIN));
        assertTrue(rights.has(ProcessRights.Capability.NET_RAW));
        assertTrue(rights.has(ProcessRights.Capability.SYS_NICE));
        assertFalse(rights.has(ProcessRights.Capability.IPC_LOCK));
        assertEquals(8_388_608, rights.lockedMemoryLimit());
        assertEquals(7, rights.realTimeLimit());
        assertEquals(
                ProcessRights.UNLIMITED,
                ProcessRights.parse("", "Max locked memory   unlimited  unlimited  bytes\n")
                        .lockedMemoryLimit());
    }

    @Test
    void aJvmWithoutAFlightRecorderLosesNothing() {
        StallTracker stalls = new StallTracker(new StallRecorder.Nobody());
        stalls.warm();
        assertTrue(stalls.record(StallTracker.REPORTED_NANOS, 0));
        assertEquals(1, stalls.statistics().count());
    }

    private static List<ThreadSetting> tune(
            ThreadOptions options, Kernel kernel, ProcessRights rights) {
        ThreadTuning tuning = new ThreadTuning(options, kernel.libc(), () -> rights);
        tuning.apply(Runnable::run);
        return tuning.settings();
    }

    private static String ownTimerSlack() {
        try {
            Path self = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
            return Files.readString(Path.of("/proc/" + self + "/timerslack_ns")).strip();
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** Answers each call with 0, or with what the test wants it to. */
    private record Kernel(Map<String, Integer> answers, List<String> calls) {
        Kernel(Map<String, Integer> answers) {
            this(answers, new ArrayList<>());
        }

        Libc libc() {
            return (Libc)
                    Proxy.newProxyInstance(
                            Libc.class.getClassLoader(),
                            new Class<?>[] {Libc.class},
                            (proxy, method, arguments) -> {
                                StringBuilder call = new StringBuilder(method.getName());
                                for (Object argument : arguments) {
                                    call.append(' ').append(argument);
                                }
                                calls.add(call.toString());
                                return answers.getOrDefault(method.getName(), 0);
                            });
        }
    }
}

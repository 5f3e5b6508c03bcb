package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.netlink.ProcessRights.Capability;
import io.evenkeel.vrrp.netlink.ThreadSetting.Kind;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the host for what {@link ThreadOptions} says, on the thread that it is for, and remembers the answers. */
final class ThreadTuning {
    private static final Logger LOG = LoggerFactory.getLogger(VrrpService.class);
    private static final int SCHED_FIFO = 1;

    /** A thread or a script that the VRRP thread ever starts must not run in real time. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int PR_SET_TIMERSLACK = 29;

    private final ThreadOptions options;
    private final Libc libc;
    private final Supplier<ProcessRights> rights;
    private List<ThreadSetting> settings = List.of();

    /**
     * @param rights asked on the thread that is tuned
     */
    ThreadTuning(ThreadOptions options, Libc libc, Supplier<ProcessRights> rights) {
        this.options = options;
        this.libc = libc;
        this.rights = rights;
    }

    /**
     * Tunes the calling thread.
     *
     * @param background runs the log
     */
    void apply(Executor background) {
        List<ThreadSetting> answers = new ArrayList<>();
        if (options.timerSlackNanos() > 0) {
            answers.add(setTimerSlack(options.timerSlackNanos()));
        }
        if (options.lockedMemory()) {
            answers.add(lockMemory());
        }
        if (options.realTimePriority() > 0) {
            answers.add(setRealTimePriority(options.realTimePriority()));
        }
        settings = List.copyOf(answers);
        background.execute(() -> answers.forEach(ThreadTuning::log));
    }

    /** What came of it; read on the thread that is tuned, or after it has ended. */
    List<ThreadSetting> settings() {
        return settings;
    }

    private ThreadSetting setTimerSlack(long nanos) {
        int result = libc.prctl(PR_SET_TIMERSLACK, nanos, 0, 0, 0);
        String refusal =
                result >= 0
                        ? null
                        : "prctl(PR_SET_TIMERSLACK, "
                                + nanos
                                + ") failed with "
                                + Errno.describe(-result)
                                + ": the timers of the VRRP thread may be up to 50 µs late.";
        return new ThreadSetting(Kind.TIMER_SLACK, "a timer slack of " + nanos + " ns", refusal);
    }

    private ThreadSetting lockMemory() {
        return new ThreadSetting(Kind.LOCKED_MEMORY, "memory locked into RAM", refusalOfLock());
    }

    private @Nullable String refusalOfLock() {
        ProcessRights mine = rights.get();
        String advice =
                "Give the process CAP_IPC_LOCK, or an unlimited RLIMIT_MEMLOCK (LimitMEMLOCK=infinity in its systemd unit, ulimit -l).";
        if (!mine.mayLockMemory()) {
            // The kernel might say yes now, and no to the heap when that grows.
            return "mlockall(MCL_CURRENT | MCL_FUTURE) was not called, because this process may lock "
                    + mine.lockedMemoryLimit()
                    + " bytes alone: pages may be swapped out. "
                    + advice;
        }
        int result = libc.mlockall(MCL_CURRENT | MCL_FUTURE);
        if (result >= 0) {
            return null;
        }
        return "mlockall(MCL_CURRENT | MCL_FUTURE) failed with "
                + Errno.describe(-result)
                + ": pages may be swapped out. "
                + (result == -Errno.ENOMEM || result == -Errno.EAGAIN
                        ? "Give the host or the cgroup enough memory for the whole heap (-Xmx)."
                        : advice);
    }

    private ThreadSetting setRealTimePriority(int priority) {
        int result;
        try (NativeBuffer parameter = new NativeBuffer(4)) {
            parameter.bytes().order(ByteOrder.nativeOrder()).putInt(0, priority);
            result =
                    libc.schedSetscheduler(
                            0, SCHED_FIFO | SCHED_RESET_ON_FORK, parameter.address());
        }
        return new ThreadSetting(
                Kind.REAL_TIME_PRIORITY,
                "SCHED_FIFO with priority " + priority,
                result >= 0 ? null : refusalOfPriority(priority, -result));
    }

    private String refusalOfPriority(int priority, int errno) {
        ProcessRights mine = rights.get();
        String call =
                "sched_setscheduler(SCHED_FIFO, "
                        + priority
                        + ") failed with "
                        + Errno.describe(errno)
                        + ": the VRRP thread runs with normal priority. ";
        if (mine.has(Capability.SYS_NICE) || mine.realTimeLimit() >= priority) {
            return call
                    + "The process has the right to it; look for a cgroup without a real-time budget (cpu.rt_runtime_us) or a seccomp filter.";
        }
        return call
                + "Give the process CAP_SYS_NICE, or an RLIMIT_RTPRIO of "
                + priority
                + " or more, which is "
                + mine.realTimeLimit()
                + " now (LimitRTPRIO= in its systemd unit, ulimit -r).";
    }

    private static void log(ThreadSetting setting) {
        if (setting.isTaken()) {
            LOG.info("The VRRP thread has {}.", setting.asked());
        } else {
            LOG.warn("The VRRP thread does not have {}: {}", setting.asked(), setting.refusal());
        }
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.netlink.ProcessRights.Capability;

/** Whether this process may do what virtual routers need, and what was asked for beside that. */
final class RightsCheck {
    static final String RIGHTS = "rights";
    static final String REAL_TIME = "real-time priority";
    static final String MEMORY = "locked memory";

    private final ProcessRights rights;
    private final ThreadOptions options;

    RightsCheck(ProcessRights rights, ThreadOptions options) {
        this.rights = rights;
        this.options = options;
    }

    /** Asks the kernel itself, since capabilities of another user namespace do not count. */
    void lookNeeded(Libc libc, NetlinkConnection netlink, Findings findings) {
        try {
            HostCheck.requireCapabilities(libc, netlink);
            findings.ok(RIGHTS, "The process has CAP_NET_ADMIN and CAP_NET_RAW.");
        } catch (VrrpStartException e) {
            findings.error(RIGHTS, String.valueOf(e.getMessage()));
        }
    }

    void lookWanted(HostFiles files, long largestHeapBytes, Findings findings) {
        if (options.realTimePriority() > 0) {
            lookAtPriority(files, findings);
        }
        if (options.lockedMemory()) {
            lookAtMemory(files, largestHeapBytes, findings);
        }
    }

    private void lookAtPriority(HostFiles files, Findings findings) {
        int priority = options.realTimePriority();
        long budget = files.number("/proc/sys/kernel/sched_rt_runtime_us", -1);
        if (!rights.has(Capability.SYS_NICE) && rights.realTimeLimit() < priority) {
            findings.warning(
                    REAL_TIME,
                    "Priority "
                            + priority
                            + " is asked for the VRRP thread, and the process has neither CAP_SYS_NICE nor an RLIMIT_RTPRIO of"
                            + " that much (LimitRTPRIO= in its systemd unit): the thread will run with normal priority.");
        } else if (budget == 0) {
            findings.warning(
                    REAL_TIME,
                    "kernel.sched_rt_runtime_us is 0, so that nothing runs in real time on this host: set it to 950000, the"
                            + " kernel's default, or leave the real-time priority out.");
        } else if (budget < 0) {
            findings.note(
                    REAL_TIME,
                    "kernel.sched_rt_runtime_us is -1: a thread that runs away in real time would take its CPU for ever. 950000,"
                            + " the kernel's default, leaves 5 % to the others.");
        } else {
            findings.ok(
                    REAL_TIME,
                    "The VRRP thread may run under SCHED_FIFO with priority " + priority + ".");
        }
    }

    private void lookAtMemory(HostFiles files, long largestHeapBytes, Findings findings) {
        long available = availableBytes(files);
        if (!rights.mayLockMemory()) {
            findings.warning(
                    MEMORY,
                    "Memory is to be locked, and the process has neither CAP_IPC_LOCK nor an unlimited RLIMIT_MEMLOCK"
                            + " (LimitMEMLOCK=infinity in its systemd unit): it will not be.");
        } else if (largestHeapBytes > available) {
            findings.warning(
                    MEMORY,
                    "Memory is to be locked, the heap may grow to "
                            + megabytes(largestHeapBytes)
                            + ", and the host has "
                            + megabytes(available)
                            + " available: give the JVM a smaller heap (-Xmx), or leave it out.");
        } else {
            findings.ok(MEMORY, "The process may lock its memory.");
        }
    }

    private static long availableBytes(HostFiles files) {
        String text = files.read("/proc/meminfo");
        return text == null
                ? Long.MAX_VALUE
                : text.lines()
                        .filter(line -> line.startsWith("MemAvailable:"))
                        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .findFirst()
                        .orElse(Long.MAX_VALUE);
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can stop the VRRP thread, against the time within which its peers expect to hear from it. */
final class PauseCheck {
    static final String HEARTBEAT = "heartbeat";
    static final String JVM = "jvm";
    static final String CPU = "cpu quota";

    /** Above this the pauses of every collector are short enough. */
    private static final long SHORT_INTERVAL_NANOS = 100_000_000L;

    private final @Nullable VirtualRouterConfig fastest;
    private final @Nullable String heartbeatMissing;

    /**
     * @param heartbeatMissing why the kernel cannot send advertisements by itself, or null if it can
     */
    PauseCheck(List<VirtualRouterConfig> routers, @Nullable String heartbeatMissing) {
        this.heartbeatMissing = heartbeatMissing;
        fastest =
                routers.stream()
                        .min(
                                Comparator.comparingLong(
                                        VirtualRouterConfig::advertisementIntervalNanos))
                        .orElse(null);
    }

    static List<String> collectorsOfThisJvm() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .toList();
    }

    void look(List<String> collectors, HostFiles files, int processors, Findings findings) {
        lookAtHeartbeat(findings);
        lookAtCollector(collector(collectors), findings);
        CpuQuota quota = CpuQuota.read(files);
        if (quota != null) {
            lookAtQuota(quota, processors, findings);
        }
    }

    private boolean isFast() {
        return fastest != null && fastest.advertisementIntervalNanos() < SHORT_INTERVAL_NANOS;
    }

    private void lookAtHeartbeat(Findings findings) {
        if (heartbeatMissing == null) {
            findings.ok(
                    HEARTBEAT,
                    "The kernel can send the coming advertisements of an Active by itself (io_uring), so that a pause of this JVM"
                            + " is no failure to its peers.");
            return;
        }
        String what =
                heartbeatMissing
                        + " So the VRRP thread sends every advertisement itself, and a pause of this JVM that reaches a peer's"
                        + " Active_Down_Interval";
        if (isFast()) {
            findings.warning(HEARTBEAT, what + " (" + activeDown() + ") makes it take over.");
        } else {
            findings.note(HEARTBEAT, what + " makes it take over.");
        }
    }

    private void lookAtCollector(String collector, Findings findings) {
        boolean concurrent = collector.equals("ZGC") || collector.equals("Shenandoah");
        if (!isFast() || concurrent) {
            findings.ok(
                    JVM,
                    "Java "
                            + Runtime.version().feature()
                            + " with the "
                            + collector
                            + " collector"
                            + (concurrent || fastest == null
                                    ? "."
                                    : ", whose pauses are short beside "
                                            + activeDown()
                                            + " unless the heap is large and busy."));
            return;
        }
        String what =
                "The "
                        + collector
                        + " collector stops all threads, for 30 ms and more when the application allocates hard, and "
                        + router()
                        + " has an Active_Down_Interval of "
                        + activeDown()
                        + ". ";
        String advice =
                "Run with -XX:+UseZGC or -XX:+UseShenandoahGC, keep this JVM idle but for VRRP, or lengthen the interval.";
        if (heartbeatMissing == null) {
            findings.note(
                    JVM,
                    what
                            + "While Active the kernel's advertisements go on through it; a Backup reads what came meanwhile first,"
                            + " and takes over that much later. "
                            + advice);
        } else {
            findings.warning(JVM, what + "A peer takes over during such a pause. " + advice);
        }
    }

    private void lookAtQuota(CpuQuota quota, int processors, Findings findings) {
        long longest = quota.longestStopNanos(processors);
        if (longest <= 0) {
            return;
        }
        String sentence =
                "The cgroup of this process may use "
                        + quota.percent()
                        + " % of a CPU ("
                        + quota.file()
                        + "): when the JVM has used that up, all its threads, the one for VRRP too, stand still for up to "
                        + milliseconds(longest)
                        + ". Give it more, or none (CPUQuota= in a systemd unit, the CPU limit of a container).";
        boolean bites = fastest != null && activeDownNanos(fastest) < 3 * longest;
        if (bites) {
            findings.warning(CPU, sentence);
        } else {
            findings.note(CPU, sentence);
        }
    }

    /** Which collector has beans of these names. */
    static String collector(List<String> names) {
        String all = String.join(" ", names);
        if (all.contains("ZGC")) {
            return "ZGC";
        } else if (all.contains("Shenandoah")) {
            return "Shenandoah";
        } else if (all.contains("G1")) {
            return "G1";
        } else if (all.contains("PS ")) {
            return "Parallel";
        }
        return all.contains("Copy") ? "Serial" : all;
    }

    private String router() {
        return fastest == null ? "no router" : fastest.name();
    }

    private String activeDown() {
        return fastest == null ? "" : milliseconds(activeDownNanos(fastest));
    }

    /** Until a peer of the same priority and interval takes over: Active_Down_Interval (RFC 9568, section 6.1). */
    private static long activeDownNanos(VirtualRouterConfig router) {
        long interval = router.advertisementIntervalNanos();
        long skewed = router.version() == VrrpVersion.V2 ? 1_000_000_000L : interval;
        return router.downTimerAdverts() * interval + (256 - router.priority()) * skewed / 256;
    }

    private static String milliseconds(long nanos) {
        return (nanos + 500_000) / 1_000_000 + " ms";
    }
}

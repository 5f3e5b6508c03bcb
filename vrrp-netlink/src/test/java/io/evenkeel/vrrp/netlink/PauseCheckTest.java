package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.VirtualRouterConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can stop the VRRP thread, against the interval that it has to keep. */
class PauseCheckTest {
    private static final List<String> G1 = List.of("G1 Young Generation", "G1 Old Generation");
    private static final List<String> ZGC = List.of("ZGC Cycles", "ZGC Pauses");

    private final FakeHost host = new FakeHost();

    @ParameterizedTest(name = "{0} ms with {1}, heartbeat {2}: {3}")
    @CsvSource({
        "1000, G1, false, NOTE OK",
        "100, G1, false, NOTE OK",
        "10, G1, false, WARNING WARNING",
        "10, G1, true, OK NOTE",
        "10, ZGC, false, WARNING OK",
        "10, ZGC, true, OK OK"
    })
    void fastAdvertisementsNeedShortPausesOrAHeartbeatOfTheKernel(
            int millis, String collector, boolean heartbeat, String severities) {
        Findings findings =
                look(
                        FakeHost.router(Duration.ofMillis(millis), "10.9.0.100"),
                        collector.equals("G1") ? G1 : ZGC,
                        heartbeat ? null : "There is none.");
        assertEquals(
                severities,
                String.join(
                        " ",
                        findings.report().findings().stream()
                                .map(f -> f.severity().toString())
                                .toList()));
    }

    @Test
    void theSentenceNamesTheCollectorAndTheTimeThatThereIs() {
        String sentences =
                FakeHost.lines(
                                look(
                                        FakeHost.router(Duration.ofMillis(10), "10.9.0.100"),
                                        G1,
                                        "io_uring is off."))
                        .toString();
        assertTrue(sentences.contains("io_uring is off. So the VRRP thread sends"), sentences);
        assertTrue(sentences.contains("(36 ms) makes it take over"), sentences);
        assertTrue(sentences.contains("The G1 collector stops all threads"), sentences);
        assertTrue(sentences.contains("-XX:+UseZGC"), sentences);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Copy MarkSweepCompact, Serial",
        "PS Scavenge, Parallel",
        "G1 Concurrent GC, G1",
        "Shenandoah Pauses, Shenandoah",
        "ZGC Minor Pauses, ZGC"
    })
    void collectorsAreKnownByTheirBeans(String bean, String collector) {
        assertEquals(collector, PauseCheck.collector(List.of(bean)));
    }

    @Test
    void aCpuQuotaStopsAllThreadsForTheRestOfItsPeriod() {
        host.file("/proc/self/cgroup", "0::/system.slice/evenkeel.service")
                .file("/sys/fs/cgroup/system.slice/evenkeel.service/cpu.max", "max 100000")
                .file("/sys/fs/cgroup/system.slice/cpu.max", "50000 100000");
        String fast =
                FakeHost.lines(
                                look(
                                        FakeHost.router(Duration.ofMillis(50), "10.9.0.100"),
                                        ZGC,
                                        null))
                        .toString();
        assertTrue(fast.contains("WARNING cpu quota: "), fast);
        assertTrue(fast.contains("50 % of a CPU (/sys/fs/cgroup/system.slice/cpu.max)"), fast);
        assertTrue(fast.contains("for up to 75 ms"), fast);
        String slow =
                FakeHost.lines(
                                look(
                                        FakeHost.router(Duration.ofSeconds(1), "10.9.0.100"),
                                        ZGC,
                                        null))
                        .toString();
        assertTrue(slow.contains("NOTE cpu quota: "), slow);
    }

    @Test
    void theQuotaOfTheOldCgroupsIsFoundAlsoWhereTheContainerDoesNotSeeItsPath() {
        host.file("/proc/self/cgroup", "4:memory:/x\n3:cpu,cpuacct:/docker/abc\n0::/")
                .file("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "150000")
                .file("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000");
        assertEquals(
                new CpuQuota("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", 150_000, 100_000),
                CpuQuota.read(host));
        assertNull(CpuQuota.read(new FakeHost().file("/proc/self/cgroup", "0::/")));
        assertEquals(0, new CpuQuota("", 400_000, 100_000).longestStopNanos(4));
    }

    @Test
    void whatWasAskedForTheThreadIsComparedWithTheRightsToIt() {
        ThreadOptions asked =
                ThreadOptions.defaults().withRealTimePriority(50).withLockedMemory(true);
        host.file("/proc/sys/kernel/sched_rt_runtime_us", "950000")
                .file("/proc/meminfo", "MemTotal: 9 kB\nMemAvailable:  2097152 kB\n");
        assertEquals(
                List.of("WARNING real-time priority", "WARNING locked memory"),
                rights(asked, new ProcessRights(0, 65_536, 0), 1L << 30));
        assertEquals(
                List.of("OK real-time priority", "OK locked memory"),
                rights(asked, new ProcessRights(-1L, 0, 0), 1L << 30));
        assertEquals(
                List.of("OK real-time priority", "WARNING locked memory"),
                rights(asked, new ProcessRights(-1L, 0, 0), 1L << 40));
        host.file("/proc/sys/kernel/sched_rt_runtime_us", "0");
        assertEquals(
                List.of("WARNING real-time priority", "OK locked memory"),
                rights(asked, new ProcessRights(-1L, 0, 0), 1L << 30));
        assertEquals(
                List.of(), rights(ThreadOptions.defaults(), new ProcessRights(0, 0, 0), 1L << 30));
    }

    @Test
    void anOldKernelIsNoted() {
        assertTrue(KernelCheck.isBefore("5.10.0-30-amd64", 5, 18));
        assertTrue(!KernelCheck.isBefore("5.18.1", 5, 18));
        assertTrue(!KernelCheck.isBefore("6.1.0", 5, 18));
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "10.9.0.1/24, 10.9.0.100/32, true",
        "10.9.0.1/24, 10.9.1.100/32, false",
        "0.0.0.0/0, 10.9.1.100/32, true",
        "10.9.0.1/24, fd09::1/64, false",
        "fd09::1/64, fd09::5:0:0:1/128, true",
        "fd09::1/80, fd09::5:0:0:1/128, false",
        "fd09::1/128, fd09::1/64, true",
        "::/0, fd09::1/64, true"
    })
    void networksOverlap(String first, String second, boolean overlap) {
        assertEquals(overlap, prefix(first).overlaps(prefix(second)));
    }

    private static NetworkPrefix prefix(String text) {
        String[] parts = text.split("/");
        return new NetworkPrefix(
                io.evenkeel.vrrp.IpAddress.parse(parts[0]), Integer.parseInt(parts[1]));
    }

    private List<String> rights(ThreadOptions asked, ProcessRights rights, long heap) {
        Findings findings = new Findings();
        new RightsCheck(rights, asked).lookWanted(host, heap, findings);
        return findings.report().findings().stream()
                .map(f -> f.severity() + " " + f.subject())
                .toList();
    }

    private Findings look(
            VirtualRouterConfig router, List<String> collectors, @Nullable String missing) {
        Findings findings = new Findings();
        new PauseCheck(List.of(router), missing).look(collectors, host, 2, findings);
        return findings;
    }
}

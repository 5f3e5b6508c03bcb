package io.evenkeel.vrrp.netlink;

import org.jspecify.annotations.Nullable;

/**
 * How much CPU a cgroup gives the process.
 *
 * @param file where it is said
 * @param quotaMicros so much in every period, of all CPUs together
 * @param periodMicros how long a period is
 */
record CpuQuota(String file, long quotaMicros, long periodMicros) {
    private static final String ROOT = "/sys/fs/cgroup";

    /** The tightest one of the process's cgroup and those that it is in, of version 2 or 1; null if there is none. */
    static @Nullable CpuQuota read(HostFiles files) {
        CpuQuota tightest = null;
        String groups = files.read("/proc/self/cgroup");
        for (String line : groups == null ? new String[0] : groups.split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            boolean unified = parts[1].isEmpty();
            if (!unified && !(',' + parts[1] + ',').contains(",cpu,")) {
                continue;
            }
            String root = unified ? ROOT : ROOT + '/' + parts[1];
            for (String group = parts[2]; ; group = group.substring(0, group.lastIndexOf('/'))) {
                CpuQuota quota =
                        unified
                                ? unified(files, root + group + "/cpu.max")
                                : legacy(files, root + group);
                if (quota != null && (tightest == null || quota.percent() < tightest.percent())) {
                    tightest = quota;
                }
                if (group.lastIndexOf('/') < 0) {
                    break;
                }
            }
        }
        return tightest;
    }

    long percent() {
        return 100 * quotaMicros / periodMicros;
    }

    /** How long all threads stand still when as many as there are processors use the quota up; 0 if they cannot. */
    long longestStopNanos(int processors) {
        return Math.max(0, periodMicros - quotaMicros / Math.max(1, processors)) * 1_000;
    }

    private static @Nullable CpuQuota unified(HostFiles files, String file) {
        String text = files.read(file.replace("//", "/"));
        String[] words = text == null ? new String[0] : text.split(" ");
        return words.length == 2 && !words[0].equals("max")
                ? new CpuQuota(
                        file.replace("//", "/"), Long.parseLong(words[0]), Long.parseLong(words[1]))
                : null;
    }

    private static @Nullable CpuQuota legacy(HostFiles files, String directory) {
        String file = (directory + "/cpu.cfs_quota_us").replace("//", "/");
        long quota = files.number(file, -1);
        long period = files.number((directory + "/cpu.cfs_period_us").replace("//", "/"), 100_000);
        return quota > 0 ? new CpuQuota(file, quota, period) : null;
    }
}

package io.evenkeel.vrrp.netlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel lets this process do, as proc(5) shows it.
 *
 * @param effectiveCapabilities one bit for each capability (CapEff)
 * @param lockedMemoryLimit RLIMIT_MEMLOCK in bytes, {@link #UNLIMITED} for none
 * @param realTimeLimit RLIMIT_RTPRIO, the highest real-time priority without CAP_SYS_NICE
 */
record ProcessRights(long effectiveCapabilities, long lockedMemoryLimit, long realTimeLimit) {
    static final long UNLIMITED = Long.MAX_VALUE;

    /** Capabilities that Evenkeel can use; capabilities(7) has the numbers. */
    enum Capability {
        NET_BIND_SERVICE(10),
        NET_ADMIN(12),
        NET_RAW(13),
        IPC_LOCK(14),
        SYS_NICE(23);

        private final int bit;

        Capability(int bit) {
            this.bit = bit;
        }

        /** The name as systemd and setpriv know it. */
        @Override
        public String toString() {
            return "CAP_" + name();
        }
    }

    /** Reads those of the calling thread; one has none where /proc cannot be read. */
    static ProcessRights ofThisThread() {
        return parse(read(Path.of("/proc/thread-self/status")), read(Path.of("/proc/self/limits")));
    }

    static ProcessRights parse(String status, String limits) {
        return new ProcessRights(
                status.lines()
                        .filter(line -> line.startsWith("CapEff:"))
                        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .findFirst()
                        .orElse(0L),
                limit(limits, "Max locked memory"),
                limit(limits, "Max realtime priority"));
    }

    boolean has(Capability capability) {
        return (effectiveCapabilities >>> capability.bit & 1) != 0;
    }

    /** Whether the whole process may be locked into RAM, and what it allocates later too. */
    boolean mayLockMemory() {
        return has(Capability.IPC_LOCK) || lockedMemoryLimit == UNLIMITED;
    }

    private static long limit(String limits, String name) {
        return limits.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
                .map(soft -> soft.equals("unlimited") ? UNLIMITED : Long.parseLong(soft))
                .findFirst()
                .orElse(0L);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}

package io.evenkeel.benchmarks.failover;

import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM does besides VRRP: threads that allocate as fast as they can, and collections of the whole heap that somebody asks
 * for. With the live objects grows the time for which the collector stops the program.
 *
 * @param liveMegabytes of small objects; 0 for no load
 * @param collectEveryMillis 0 for never
 */
record Load(int liveMegabytes, int collectEveryMillis) {
    static final Load NONE = new Load(0, 0);
    static final int CORES = 2;
    static final int THREADS = 2;

    boolean isHeavy() {
        return liveMegabytes > 0;
    }

    List<String> javaOptions(Path gcLog) {
        return isHeavy() ? List.of("-Xms1g", "-Xmx1g", "-Xlog:gc:file=" + gcLog) : List.of();
    }

    List<String> arguments() {
        return isHeavy()
                ? List.of("--live-mb=" + liveMegabytes, "--collect-every=" + collectEveryMillis)
                : List.of();
    }
}

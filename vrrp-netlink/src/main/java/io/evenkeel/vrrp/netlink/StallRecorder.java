package io.evenkeel.vrrp.netlink;

import org.slf4j.LoggerFactory;

/** Takes down the stalls of the VRRP thread where a profiler shows them beside their causes. */
interface StallRecorder {
    /** Loads what {@link #record} needs, so that a stall does not cause the next one. */
    void warm();

    /**
     * @param latenessNanos by how much the thread was late
     * @param roundNanos how long the round before took
     */
    void record(long latenessNanos, long roundNanos);

    /** The flight recorder if this JVM has one, else nobody. */
    static StallRecorder ofThisJvm() {
        try {
            if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
                return new FlightRecorder();
            }
        } catch (LinkageError e) {
            LoggerFactory.getLogger(StallRecorder.class)
                    .debug("The module jdk.jfr is there and cannot be used.", e);
        }
        return new Nobody();
    }

    /** The JDK's flight recorder, of a module that a JVM can be without: nothing else may mention its classes. */
    final class FlightRecorder implements StallRecorder {
        @Override
        public void warm() {
            new VrrpStallEvent().shouldCommit();
        }

        @Override
        public void record(long latenessNanos, long roundNanos) {
            VrrpStallEvent event = new VrrpStallEvent();
            if (event.isEnabled()) {
                event.lateness = latenessNanos;
                event.round = roundNanos;
                event.commit();
            }
        }
    }

    /** For a JVM without it. */
    final class Nobody implements StallRecorder {
        @Override
        public void warm() {}

        @Override
        public void record(long latenessNanos, long roundNanos) {}
    }
}

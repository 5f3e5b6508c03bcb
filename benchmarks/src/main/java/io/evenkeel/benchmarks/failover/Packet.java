package io.evenkeel.benchmarks.failover;

/**
 * A packet that the client's interface saw.
 *
 * @param epochNanos when, by the kernel, in nanoseconds since 1970
 * @param mac who sent it, as a number of 48 bits
 * @param address ANNOUNCEMENT: the IPv4 address; else empty
 * @param number ADVERTISEMENT: the VRID; ECHO_REQUEST and ECHO_REPLY: which one, from 0; else 0
 * @param priority ADVERTISEMENT only, else 0
 */
record Packet(long epochNanos, Kind kind, long mac, String address, int number, int priority) {
    enum Kind {
        ADVERTISEMENT,
        /** A gratuitous ARP. */
        ANNOUNCEMENT,
        ECHO_REQUEST,
        ECHO_REPLY
    }

    /** The number of a hardware address that is written as {@code 02:00:00:00:00:01}. */
    static long macOf(String text) {
        return Long.parseLong(text.replace(":", ""), 16);
    }
}

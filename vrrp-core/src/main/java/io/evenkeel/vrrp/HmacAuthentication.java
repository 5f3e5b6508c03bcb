package io.evenkeel.vrrp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How advertisements are signed and checked: keepalived 2.4's {@code auth_hmac}
 * (draft-cassen-vrrp-auth-hmac). A 28-byte trailer behind the message carries a key id, a sequence
 * number made of the wall clock, and an HMAC-SHA256 (RFC 2104) cut to 128 bits.
 *
 * <p>A router that does not know the trailer drops what carries one. So a cluster goes from {@link
 * Mode#RECEIVE_ONLY} on all routers over {@link Mode#PERMISSIVE} to {@link Mode#ENFORCE}, and a key is
 * replaced by adding the new one everywhere before any router signs with it.
 *
 * @param keys what a received trailer may be signed with; at least one, no two with the same id
 * @param activeKey the id of the key to sign with
 * @param mode what is signed and what is demanded
 * @param replayCheck what makes a packet too old
 * @param windowSeconds for {@link ReplayCheck#TIME}: by how much the clocks of two routers and the
 *     way of a packet may differ, 1..300 s, or 0 for three advertisement intervals and at least 5 s
 */
public record HmacAuthentication(
        List<HmacKey> keys, int activeKey, Mode mode, ReplayCheck replayCheck, int windowSeconds) {

    /** What is signed and what is demanded. */
    public enum Mode {
        /** Signs nothing; checks a trailer that is there, takes packets without one. */
        RECEIVE_ONLY,
        /** Signs; checks a trailer that is there, takes packets without one. */
        PERMISSIVE,
        /** Signs, and drops packets without a trailer. */
        ENFORCE
    }

    /** What makes a packet too old. */
    public enum ReplayCheck {
        /** A time outside the window, or a sequence number that does not grow. */
        TIME,
        /** A sequence number that does not grow; for hosts whose clocks are not synchronized. */
        MONOTONIC
    }

    private static final int LONGEST_WINDOW_SECONDS = 300;
    private static final long SHORTEST_DERIVED_WINDOW_SECONDS = 5;

    /**
     * @throws IllegalArgumentException if a value is out of range; the message says which and why
     */
    public HmacAuthentication {
        keys = List.copyOf(keys);
        Set<Integer> ids = new HashSet<>();
        for (HmacKey key : keys) {
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException(
                        "There are two keys with the id " + key.id() + "; give each its own.");
            }
        }
        if (!ids.contains(activeKey)) {
            throw new IllegalArgumentException(
                    "The active key is " + activeKey + ", and there is no key with that id.");
        }
        if (windowSeconds < 0 || windowSeconds > LONGEST_WINDOW_SECONDS) {
            throw new IllegalArgumentException(
                    "The time window is "
                            + windowSeconds
                            + " s; it must be 1..300 s, or 0 for one that follows the interval.");
        }
    }

    /** Signs with the key and enforces, with a time window that follows the interval. */
    public static HmacAuthentication enforcing(HmacKey key) {
        return new HmacAuthentication(List.of(key), key.id(), Mode.ENFORCE, ReplayCheck.TIME, 0);
    }

    /** The same in another mode. */
    public HmacAuthentication withMode(Mode mode) {
        return new HmacAuthentication(keys, activeKey, mode, replayCheck, windowSeconds);
    }

    /** Whether what is sent carries a trailer. */
    public boolean signs() {
        return mode != Mode.RECEIVE_ONLY;
    }

    /** The window to use with that advertisement interval. */
    long windowSeconds(long advertisementIntervalNanos) {
        if (windowSeconds > 0) {
            return windowSeconds;
        }
        return Math.max(
                SHORTEST_DERIVED_WINDOW_SECONDS, 3 * advertisementIntervalNanos / 1_000_000_000L);
    }
}

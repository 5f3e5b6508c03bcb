package io.evenkeel.vrrp;

import java.time.Duration;

/**
 * How often an Active tells the neighbours where its addresses are (gratuitous ARP). A burst follows
 * the promotion, a second one comes after a delay because the first may be lost on a busy LAN or be
 * overtaken by a peer's, and a rival's advertisement asks for both again.
 *
 * @param repeat announcements per address in the burst at promotion and in the delayed one, 0..100
 * @param delayNanos from the promotion to the second burst; 0 for none
 * @param refreshNanos between periodic announcements while Active; 0 for none
 * @param refreshRepeat announcements per address each time, 1..100
 * @param lowerPriorityRepeat announcements per address after a lower router was heard, 0..100
 * @param lowerPriorityDelayNanos from there to the second such burst; 0 for none
 */
public record AnnouncementPolicy(
        int repeat,
        long delayNanos,
        long refreshNanos,
        int refreshRepeat,
        int lowerPriorityRepeat,
        long lowerPriorityDelayNanos) {

    private static final long SECOND = 1_000_000_000L;

    /**
     * keepalived's (5 at once, 5 after 5 s, the same after a lower router was heard) and one more every
     * 5 s, which keepalived leaves out by default. It is for a partition that the better router did not
     * notice: the other one announced the addresses meanwhile and yields when the LAN is whole again,
     * often before it is heard, so nothing else would tell the neighbours to come back.
     */
    public static final AnnouncementPolicy DEFAULT =
            new AnnouncementPolicy(5, 5 * SECOND, 5 * SECOND, 1, 5, 5 * SECOND);

    /**
     * @throws IllegalArgumentException if a value is out of range; the message says which
     */
    public AnnouncementPolicy {
        requireRepeat("repeat", repeat, 0);
        requireRepeat("refreshRepeat", refreshRepeat, 1);
        requireRepeat("lowerPriorityRepeat", lowerPriorityRepeat, 0);
        requireDelay("delay", delayNanos);
        requireDelay("refresh", refreshNanos);
        requireDelay("lowerPriorityDelay", lowerPriorityDelayNanos);
    }

    /** The same with another burst at promotion. */
    public AnnouncementPolicy withBurst(int repeat, Duration delay) {
        return new AnnouncementPolicy(
                repeat,
                delay.toNanos(),
                refreshNanos,
                refreshRepeat,
                lowerPriorityRepeat,
                lowerPriorityDelayNanos);
    }

    /** The same with other periodic announcements. */
    public AnnouncementPolicy withRefresh(Duration interval, int repeat) {
        return new AnnouncementPolicy(
                this.repeat,
                delayNanos,
                interval.toNanos(),
                repeat,
                lowerPriorityRepeat,
                lowerPriorityDelayNanos);
    }

    /** The same with another burst after a lower router was heard. */
    public AnnouncementPolicy withLowerPriorityBurst(int repeat, Duration delay) {
        return new AnnouncementPolicy(
                this.repeat, delayNanos, refreshNanos, refreshRepeat, repeat, delay.toNanos());
    }

    private static void requireRepeat(String name, int value, int least) {
        if (value < least || value > 100) {
            throw new IllegalArgumentException(
                    "The announcements' "
                            + name
                            + " is "
                            + value
                            + "; it must be "
                            + least
                            + "..100.");
        }
    }

    private static void requireDelay(String name, long nanos) {
        if (nanos < 0 || nanos > 100_000 * SECOND) {
            throw new IllegalArgumentException(
                    "The announcements' " + name + " is " + nanos + " ns; it must be 0..100000 s.");
        }
    }
}

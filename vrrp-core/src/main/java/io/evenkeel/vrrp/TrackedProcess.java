package io.evenkeel.vrrp;

import java.util.List;

/**
 * A program whose running processes feed trackers (keepalived's {@code vrrp_track_process}): up while their number is in
 * the range. The core does not count them; whoever drives the routers does.
 *
 * @param name what configurations call it
 * @param command the program and perhaps its arguments; never empty
 * @param match which processes count
 * @param weight the weight of trackers that give none of their own, -254..254; 0 is fatal
 * @param inverted whether up and failed change their parts in those trackers
 * @param quorum the fewest processes that are up, 0 or more
 * @param quorumMax the most processes that are up, {@link #UNLIMITED} for any number
 * @param upDelayNanos how long the number must have been right until it counts as up, 0 or more
 * @param downDelayNanos how long it must have been wrong until it counts as failed, 0 or more
 */
public record TrackedProcess(
        String name,
        List<String> command,
        Match match,
        int weight,
        boolean inverted,
        int quorum,
        int quorumMax,
        long upDelayNanos,
        long downDelayNanos) {

    /** No upper limit to the number of processes. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Which processes count. */
    public enum Match {
        /** Those of that name, which the kernel cuts to 15 bytes; {@code /proc/PID/comm}. */
        NAME,
        /** Those whose whole command line is the command; {@code /proc/PID/cmdline}. */
        COMMAND_LINE,
        /** Those whose arguments start with the command's. */
        FIRST_ARGUMENTS,
        /** As {@link #COMMAND_LINE}, but the last argument may be longer than the command's. */
        LAST_ARGUMENT_PREFIX
    }

    /**
     * @throws IllegalArgumentException if a value is out of range; the message says which
     */
    public TrackedProcess {
        command = List.copyOf(command);
        require(!name.isBlank(), "A tracked process has no name; give it one.");
        require(
                !command.isEmpty() && !command.get(0).isBlank(),
                "Tracked process " + name + " has no program; say which one it is.");
        require(
                weight >= -Tracker.MAX_WEIGHT && weight <= Tracker.MAX_WEIGHT,
                "The weight of tracked process "
                        + name
                        + " is "
                        + weight
                        + "; it must be -254..254.");
        require(
                quorum >= 0 && quorumMax >= 0,
                "The quorum of tracked process " + name + " is negative; it must be 0 or more.");
        require(
                quorum <= quorumMax,
                "The quorum of tracked process "
                        + name
                        + " is "
                        + quorum
                        + " and the most are "
                        + quorumMax
                        + "; the most must not be less.");
        require(
                upDelayNanos >= 0 && downDelayNanos >= 0,
                "A delay of tracked process " + name + " is negative; it must be 0 or more.");
    }

    /** The name of the trackers that it feeds: {@code process NAME}. */
    public String trackerName() {
        return "process " + name;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

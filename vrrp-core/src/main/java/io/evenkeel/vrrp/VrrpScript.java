package io.evenkeel.vrrp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that is run again and again and whose exit status feeds the tracker of the same name. The
 * core does not run it; whoever drives the routers does.
 *
 * @param name the tracker's name
 * @param command the program and its arguments; never empty
 * @param intervalNanos from one start to the next, more than 0
 * @param timeoutNanos a run that takes longer is ended and counts as failed, more than 0
 * @param weight the weight of trackers that give none of their own, -253..253; 0 is fatal
 * @param rise successes in a row after which a failed script is up, at least 1
 * @param fall failures in a row after which the script has failed, at least 1
 * @param initiallyFailed whether it counts as failed until {@code rise} successes were seen; else
 *     nothing is known of it until its first run, which decides alone
 * @param user the user to run it as, or null for the one who runs the routers
 * @param group the group to run it as, or null for that of the user
 */
public record VrrpScript(
        String name,
        List<String> command,
        long intervalNanos,
        long timeoutNanos,
        int weight,
        int rise,
        int fall,
        boolean initiallyFailed,
        @Nullable String user,
        @Nullable String group) {

    private static final int MAX_WEIGHT = 253;

    /**
     * @throws IllegalArgumentException if a value is out of range; the message says which
     */
    public VrrpScript {
        command = List.copyOf(command);
        require(!name.isBlank(), "A script has no name; give it one.");
        require(
                !command.isEmpty() && !command.get(0).isBlank(),
                "Script " + name + " has no command.");
        require(intervalNanos > 0, "The interval of script " + name + " must be more than 0.");
        require(timeoutNanos > 0, "The timeout of script " + name + " must be more than 0.");
        require(
                weight >= -MAX_WEIGHT && weight <= MAX_WEIGHT,
                "The weight of script " + name + " is " + weight + "; it must be -253..253.");
        require(
                rise >= 1,
                "The rise of script " + name + " is " + rise + "; it must be at least 1.");
        require(
                fall >= 1,
                "The fall of script " + name + " is " + fall + "; it must be at least 1.");
    }

    /**
     * A script that runs as the user who runs the routers.
     *
     * @throws IllegalArgumentException if a value is out of range; the message says which
     */
    public VrrpScript(
            String name,
            List<String> command,
            long intervalNanos,
            long timeoutNanos,
            int weight,
            int rise,
            int fall,
            boolean initiallyFailed) {
        this(
                name,
                command,
                intervalNanos,
                timeoutNanos,
                weight,
                rise,
                fall,
                initiallyFailed,
                null,
                null);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

package io.evenkeel.vrrp;

import org.jspecify.annotations.Nullable;

/**
 * A file that holds a number which feeds trackers (keepalived's {@code vrrp_track_file}): the number times the weight is
 * added to the priority; see {@link Tracker}. The core does not read it; whoever drives the routers does, whenever the file
 * changes.
 *
 * @param name what configurations call it
 * @param file the path
 * @param weight the weight of trackers that give none of their own, -254..254; 0 makes every number but 0 a failure
 * @param inverted whether those trackers change the number's sign
 * @param initialValue what is written to the file at the start if there is none, or null for nothing
 * @param overwritten whether the initial value is written even if there is a file
 */
public record TrackedFile(
        String name,
        String file,
        int weight,
        boolean inverted,
        @Nullable Integer initialValue,
        boolean overwritten) {

    /**
     * @throws IllegalArgumentException if a value is out of range; the message says which
     */
    public TrackedFile {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A tracked file has no name; give it one.");
        }
        if (file.isBlank()) {
            throw new IllegalArgumentException(
                    "Tracked file " + name + " has no path; say which file it is.");
        }
        if (weight < -Tracker.MAX_WEIGHT || weight > Tracker.MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "The weight of tracked file "
                            + name
                            + " is "
                            + weight
                            + "; it must be -254..254.");
        }
        if (overwritten && initialValue == null) {
            throw new IllegalArgumentException(
                    "Tracked file "
                            + name
                            + " is to be overwritten, and there is no value to write; give it one.");
        }
    }

    /** The name of the trackers that it feeds: {@code file NAME}. */
    public String trackerName() {
        return "file " + name;
    }
}

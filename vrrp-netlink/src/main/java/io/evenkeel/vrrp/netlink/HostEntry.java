package io.evenkeel.vrrp.netlink;

import org.jspecify.annotations.Nullable;

/** A route or a routing rule of one owner, and what the kernel said of it last. */
abstract class HostEntry {
    private boolean held;
    private boolean granted;
    private boolean placed;
    private boolean contested;
    private int lastFailure;

    /** The route or the rule, which has the meaning of what is asked for. */
    abstract Object value();

    /**
     * Asks the kernel to add it.
     *
     * @param exclusive whether it is to be refused beside another one that the kernel could take for it
     * @return 0 or a negated errno
     */
    abstract int add(boolean exclusive);

    /** Asks the kernel to remove exactly it; returns 0 or a negated errno. */
    abstract int remove();

    /** Why it is to be left alone, now that the kernel has one like it, as the end of a sentence; null if it is not. */
    abstract @Nullable String conflict();

    /** What to do about a failure to add it, as a sentence. */
    abstract String advice(int errno);

    /** Whether its owner wants it on the host. */
    boolean isHeld() {
        return held;
    }

    void setHeld(boolean held) {
        this.held = held;
        granted = false;
        placed = false;
        contested = false;
        lastFailure = 0;
    }

    /** Whether the kernel has taken it, so that it is only missing if somebody else removed it or its interface went down. */
    boolean isGranted() {
        return granted;
    }

    /** Whether the one on the host, if there is one, is there on our account. */
    boolean isPlaced() {
        return placed && !contested;
    }

    /** Whether somebody else has one like it. */
    boolean isContested() {
        return contested;
    }

    void contest() {
        contested = true;
        granted = false;
    }

    /** Notes the outcome of a request; true if it is another one than the last. */
    boolean note(int result) {
        boolean changed = result != lastFailure || contested;
        lastFailure = result;
        granted = result == 0;
        placed |= granted;
        contested = false;
        return changed;
    }
}

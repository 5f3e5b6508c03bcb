package io.evenkeel.vrrp;

/**
 * What an Active does that was not driven for so long that a peer may have taken over: a pause of the
 * JVM, of the machine or of the CPU. Whatever had arrived meanwhile is read first.
 */
public enum PauseReaction {
    /** {@link #REASSERT} with preemption, {@link #YIELD} with {@link Preemption#NEVER}. */
    BY_PREEMPTION,
    /** It advertises and announces its addresses again, unless a better router is heard. */
    REASSERT,
    /** It gives up the addresses without a word and goes on as Backup. */
    YIELD
}

package io.evenkeel.lb;

/** Why a backend has no server to give. */
public enum Refusal {
    /** Every server is down, disabled or of weight 0, or there is none. */
    NONE_USABLE,
    /** No server is usable yet, but the first check of some has not ended: waiting may help. */
    AWAITING_FIRST_CHECK,
    /** The servers have as many connections as they may, or others wait already: waiting may help. */
    ALL_FULL,
    /** As many connections wait as may. */
    QUEUE_FULL
}

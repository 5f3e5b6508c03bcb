package io.evenkeel.lb;

/**
 * Hears what a {@link StickTable} has to tell other nodes. Called on the thread that caused the change, by several at once and in any
 * order; no lock is held. Return quickly.
 */
@FunctionalInterface
public interface StickListener {
    /**
     * Something changed here, or an entry that is still in use is told again before it could expire elsewhere.
     *
     * @param nowNanos when, by the clock of the table
     */
    void onUpdate(StickTable table, StickUpdate update, long nowNanos);
}

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

    /**
     * What is counted of a key has changed, be it only a rate. For who tells what {@link StickReplication#read} gives, and not what an
     * update holds: however often it changes, it is said once until the entry is read so. Does nothing unless it is overridden.
     *
     * @param nowNanos when, by the clock of the table
     */
    default void onCount(StickTable table, StickKey key, long nowNanos) {}
}

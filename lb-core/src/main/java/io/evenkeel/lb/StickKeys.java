package io.evenkeel.lb;

/** What the keys of one connection are. */
@FunctionalInterface
public interface StickKeys {
    /**
     * Puts a key of the connection into a buffer.
     *
     * @return false if the connection has no such key, or none of the buffer's type; what {@link StickKeyBuffer}'s methods return
     */
    boolean fill(StickKeySource source, StickKeyBuffer buffer);
}

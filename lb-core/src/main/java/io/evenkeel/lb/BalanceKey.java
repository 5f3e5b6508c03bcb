package io.evenkeel.lb;

/** What of a connection decides its server, where the {@link Balance} goes by a key. */
public enum BalanceKey {
    /** Nothing. */
    NONE,
    /** The client's address, without its port. */
    SOURCE,
    /** What the application says when it picks. */
    APPLICATION
}

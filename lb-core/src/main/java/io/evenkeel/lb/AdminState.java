package io.evenkeel.lb;

/** What people have decided about a server, beside what its checks say. */
public enum AdminState {
    /** In use, if it is well. */
    READY,
    /** No new connections; those that there are go on, and it is checked as before. */
    DRAIN,
    /** Out of use ({@code disabled}): no new connections, and its checks count for nothing. */
    MAINTENANCE
}

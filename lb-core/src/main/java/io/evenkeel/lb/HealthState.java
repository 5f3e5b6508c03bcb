package io.evenkeel.lb;

/** What the health checks have established about a server. */
public enum HealthState {
    /** Checked, but no check has ended yet: not used until the first one does. */
    UNKNOWN,
    /** Usable. */
    UP,
    /**
     * Works, but wants no new connections: it answered 404 where {@link HttpCheck#disableOn404()} says so. Those that there are go on.
     */
    STOPPING,
    /** Failed as many checks in a row as {@code fall} says: not used. */
    DOWN,
    /** Has no check: always taken to be usable. */
    UNCHECKED
}

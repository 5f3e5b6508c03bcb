package io.evenkeel.lb;

/** What the health checks have established about a server. */
public enum HealthState {
    /** Checked, but no check has ended yet: not used until the first one does. */
    UNKNOWN,
    /** Usable. */
    UP,
    /** Failed as many checks in a row as {@code fall} says: not used. */
    DOWN,
    /** Has no check: always taken to be usable. */
    UNCHECKED
}

package io.evenkeel.lb;

/** What is taken for granted of a server before its first check, and whenever it comes out of maintenance ({@code init-state}). */
public enum InitialState {
    /** Nothing: it is not used, and its first check decides at once; the default. */
    UNKNOWN(HealthState.UNKNOWN),
    /** It is up, and one failed check takes it down: what HAProxy does when nothing is said. */
    UP(HealthState.UP),
    /** It is up, and as many failed checks as {@code fall} says take it down. */
    FULLY_UP(HealthState.UP),
    /** It is down, and one passed check brings it up. */
    DOWN(HealthState.DOWN),
    /** It is down, and as many passed checks as {@code rise} says bring it up. */
    FULLY_DOWN(HealthState.DOWN);

    private final HealthState state;

    InitialState(HealthState state) {
        this.state = state;
    }

    HealthState state() {
        return state;
    }

    /** HAProxy's integer at the start, see {@link HealthCheck#health()}. */
    int health(CheckConfig config) {
        return switch (this) {
            case UNKNOWN, FULLY_DOWN -> 0;
            case UP -> config.rise();
            case FULLY_UP -> config.rise() + config.fall() - 1;
            case DOWN -> config.rise() - 1;
        };
    }
}

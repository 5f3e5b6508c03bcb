package io.evenkeel.lb;

import java.util.Objects;

/**
 * A server that is ejected from now on, or not any more; {@link Backend#setEjected} puts it into effect.
 *
 * @param server which
 * @param ejected whether it is out
 * @param cause why, such as {@code 5 connects in a row failed}
 */
public record OutlierChange(Server server, boolean ejected, String cause) {
    /** All parts are required. */
    public OutlierChange {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(cause, "cause");
    }
}

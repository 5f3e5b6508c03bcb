package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.util.Map;

/** Something that is done to a proxy. */
interface Measurement {
    /** As {@code --only} has it; what precedes the last hyphen names a group. */
    String key();

    /**
     * Does it once.
     *
     * @throws SideBySideException if it failed; there is no figure then
     */
    Map<Row, Double> measure(Proxy proxy) throws IOException;

    /** The same without a proxy, where that says something. */
    default Map<Row, Double> direct() throws IOException {
        return Map.of();
    }

    /** Whether it is part of the warm-up. What starts processes of its own is not. */
    default boolean warmsUp() {
        return true;
    }
}

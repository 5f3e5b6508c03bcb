package io.evenkeel.benchmarks.soak;

/**
 * Something that was done to the proxy or to a server.
 *
 * @param seconds since the load began
 */
record Mark(double seconds, Kind kind) {
    /** What. */
    enum Kind {
        FLAP("server flaps", "#d62728"),
        RELOAD("configuration changes", "#1f77b4"),
        BROKEN("file with an error", "#9467bd"),
        CERTIFICATE("certificate replaced", "#2ca02c"),
        NAME("name changes", "#ff7f0e");

        private final String title;
        private final String colour;

        Kind(String title, String colour) {
            this.title = title;
            this.colour = colour;
        }

        String title() {
            return title;
        }

        /** As SVG writes it. */
        String colour() {
            return colour;
        }
    }
}

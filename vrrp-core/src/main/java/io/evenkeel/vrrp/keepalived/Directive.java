package io.evenkeel.vrrp.keepalived;

/**
 * A word of keepalived's configuration language and what becomes of it here.
 *
 * @param note what it means and how that differs; where it is refused, why and what to do instead
 */
record Directive(String name, Support support, Form form, String note) {

    enum Support {
        /** Read, with keepalived's meaning. */
        SUPPORTED("yes"),
        /** Read past with a warning: nothing that matters to the address depends on it. */
        IGNORED("ignored, with a warning"),
        /** Refused: without it the configuration would mean something else. */
        REFUSED("refused");

        private final String label;

        Support(String label) {
            this.label = label;
        }

        /** Returns the words that the documentation's table uses. */
        String label() {
            return label;
        }
    }

    /** What follows the word. Checked for supported directives only. */
    enum Form {
        FLAG,
        VALUE,
        BLOCK,
        NAMED_BLOCK,
        ANY;

        boolean hasBlock() {
            return this == BLOCK || this == NAMED_BLOCK;
        }

        boolean hasValue() {
            return this == VALUE || this == NAMED_BLOCK;
        }
    }
}

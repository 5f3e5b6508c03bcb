package io.evenkeel.benchmarks.render;

/** A document with parts between {@code <!-- NAME: begin -->} and {@code <!-- NAME: end -->}. */
record MarkedText(String text) {

    /**
     * The document with another part of that name.
     *
     * @throws IllegalArgumentException if the markers are not there, once each and in order
     */
    MarkedText with(String name, String part) {
        String begin = "<!-- " + name + ": begin -->\n";
        String end = "<!-- " + name + ": end -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        boolean once =
                text.lastIndexOf(begin) == from - begin.length() && text.lastIndexOf(end) == to;
        if (from < begin.length() || to < from || !once) {
            throw new IllegalArgumentException(
                    "The document needs a line %s and after it a line %s, once each."
                            .formatted(begin.strip(), end.strip()));
        }
        return new MarkedText(
                text.substring(0, from) + "\n" + part.strip() + "\n\n" + text.substring(to));
    }
}

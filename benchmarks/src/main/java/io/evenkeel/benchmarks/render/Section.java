package io.evenkeel.benchmarks.render;

import java.util.Map;

/** A part of {@code docs/performance.md} that is made of committed results. The same results always give the same text. */
public interface Section {
    /** It stands between {@code <!-- NAME: begin -->} and {@code <!-- NAME: end -->}; lower-case letters, digits and hyphens. */
    String name();

    /** What stands between the markers: Markdown, without the markers. Links to the images are relative: {@code images/x.svg}. */
    String markdown();

    /** SVG documents by their file names in {@code docs/images}; empty if it has none. */
    Map<String, String> images();
}

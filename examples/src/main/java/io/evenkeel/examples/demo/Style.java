package io.evenkeel.examples.demo;

/** How a piece of terminal text looks: an ANSI "select graphic rendition" code. */
enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    BAD("1;31"),
    WARN("33"),
    FIRST_NODE("36"),
    SECOND_NODE("35");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** {@code text} between this style's escape sequence and the reset; plain text stays as it is. */
    String paint(String text) {
        return code.isEmpty() || text.isEmpty()
                ? text
                : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}

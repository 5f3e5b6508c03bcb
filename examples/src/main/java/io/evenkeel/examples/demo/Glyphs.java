package io.evenkeel.examples.demo;

import java.util.Locale;
import java.util.Map;

/** The signs used on the screen, for terminals that know Unicode and for those that do not. */
enum Glyphs {
    UNICODE("✔", "✘", "●", "○", "█", "·", "─", "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"),
    ASCII("+", "x", "*", "o", "#", ".", "-", "|/-\\");

    final String tick;
    final String cross;
    final String full;
    final String hollow;
    final String block;
    final String dot;
    final String rule;
    private final String spinner;

    Glyphs(
            String tick,
            String cross,
            String full,
            String hollow,
            String block,
            String dot,
            String rule,
            String spinner) {
        this.tick = tick;
        this.cross = cross;
        this.full = full;
        this.hollow = hollow;
        this.block = block;
        this.dot = dot;
        this.rule = rule;
        this.spinner = spinner;
    }

    /** The spinner's picture for the given tick of the display. */
    String spinner(long frame) {
        return String.valueOf(spinner.charAt((int) (frame % spinner.length())));
    }

    /** Unicode if the locale's character set, as POSIX finds it in the environment, is UTF-8. */
    static Glyphs forEnvironment(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String charset = value.toLowerCase(Locale.ROOT).replace("-", "");
                return charset.contains("utf8") ? UNICODE : ASCII;
            }
        }
        return ASCII;
    }
}

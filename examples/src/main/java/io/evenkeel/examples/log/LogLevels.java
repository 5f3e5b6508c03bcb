package io.evenkeel.examples.log;

import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** From which level on a logger speaks: {@code info}, but for what is said here or by a property {@code evenkeel.log.NAME=LEVEL}. */
final class LogLevels {
    private static final String PROPERTY = "evenkeel.log.";

    private static final Map<String, Level> QUIETER =
            Map.of(
                    "io.netty",
                    Level.WARN,
                    // It says at each try how it connects; that the store is away, and why, is told
                    // once by Evenkeel.
                    "io.lettuce",
                    Level.ERROR);

    private LogLevels() {}

    /**
     * Of the name itself, or else of the longest part of it, up to a dot, for which there is one.
     *
     * @param properties the value of a property; null if it is not set. One that is no level is like one that is not set.
     */
    static Level of(String name, UnaryOperator<@Nullable String> properties) {
        String part = name;
        while (true) {
            Level asked = parse(properties.apply(PROPERTY + part));
            Level level = asked == null ? QUIETER.get(part) : asked;
            int dot = part.lastIndexOf('.');
            if (level != null || dot < 0) {
                return level == null ? Level.INFO : level;
            }
            part = part.substring(0, dot);
        }
    }

    private static @Nullable Level parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Level.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

package io.evenkeel.lb;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a text is compared with some patterns, of which one must match. Immutable; matching allocates nothing. */
public final class TextMatch {
    private enum Kind {
        EXACT,
        PREFIX,
        SUFFIX,
        CONTAINING,
        DIRECTORY,
        DOMAIN,
        REGEX,
        ANYTHING
    }

    private final Kind kind;
    private final List<String> patterns;
    private final boolean ignoreCase;
    private final List<LinearRegex> expressions;

    private TextMatch(Kind kind, List<String> patterns, boolean ignoreCase) {
        this.kind = kind;
        this.patterns = List.copyOf(patterns);
        this.ignoreCase = ignoreCase;
        expressions =
                kind == Kind.REGEX
                        ? patterns.stream().map(p -> LinearRegex.compile(p, ignoreCase)).toList()
                        : List.of();
    }

    /** The whole text is one of these. */
    public static TextMatch exact(String... patterns) {
        return new TextMatch(Kind.EXACT, Arrays.asList(patterns), false);
    }

    /** It begins with one of these. */
    public static TextMatch prefix(String... patterns) {
        return new TextMatch(Kind.PREFIX, Arrays.asList(patterns), false);
    }

    /** It ends with one of these. */
    public static TextMatch suffix(String... patterns) {
        return new TextMatch(Kind.SUFFIX, Arrays.asList(patterns), false);
    }

    /** One of these is somewhere in it. */
    public static TextMatch containing(String... patterns) {
        return new TextMatch(Kind.CONTAINING, Arrays.asList(patterns), false);
    }

    /** One of these is in it between slashes, question marks, its start and its end ({@code -m dir}). */
    public static TextMatch directory(String... patterns) {
        return new TextMatch(Kind.DIRECTORY, Arrays.asList(patterns), false);
    }

    /** One of these is in it between dots, slashes, colons, question marks, its start and its end ({@code -m dom}). */
    public static TextMatch domain(String... patterns) {
        return new TextMatch(Kind.DOMAIN, Arrays.asList(patterns), false);
    }

    /**
     * One of these regular expressions is somewhere in it. Groups, alternatives, classes and repetitions work as usual; what
     * would take more than linear time, such as {@code \1} or {@code (?=...)}, is refused.
     *
     * @throws InvalidConfigException if one cannot be used
     */
    public static TextMatch regex(String... expressions) {
        return new TextMatch(Kind.REGEX, Arrays.asList(expressions), false);
    }

    /** Any text, even an empty one: it is there. */
    public static TextMatch anything() {
        return new TextMatch(Kind.ANYTHING, List.of(), false);
    }

    /** The same without regard to case. */
    public TextMatch ignoringCase() {
        return ignoreCase ? this : new TextMatch(kind, patterns, true);
    }

    /** Of a part of a text. */
    boolean matches(String text, int from, int to) {
        if (kind == Kind.ANYTHING) {
            return true;
        }
        if (kind == Kind.REGEX) {
            for (int i = 0; i < expressions.size(); i++) {
                if (expressions.get(i).matches(text, from, to)) {
                    return true;
                }
            }
            return false;
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (matches(patterns.get(i), text, from, to)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(String pattern, String text, int from, int to) {
        int length = pattern.length();
        return switch (kind) {
            case EXACT -> length == to - from && isAt(pattern, 0, length, text, from);
            case PREFIX -> length <= to - from && isAt(pattern, 0, length, text, from);
            case SUFFIX -> length <= to - from && isAt(pattern, 0, length, text, to - length);
            case CONTAINING -> contains(pattern, text, from, to);
            case DIRECTORY -> hasWord(pattern, "/?", text, from, to);
            case DOMAIN -> hasWord(pattern, "/?.:", text, from, to);
            case REGEX, ANYTHING -> throw new IllegalStateException("kind " + kind);
        };
    }

    private boolean isAt(String pattern, int start, int length, String text, int at) {
        return text.regionMatches(ignoreCase, at, pattern, start, length);
    }

    private boolean contains(String pattern, String text, int from, int to) {
        for (int at = from; at + pattern.length() <= to; at++) {
            if (isAt(pattern, 0, pattern.length(), text, at)) {
                return true;
            }
        }
        return false;
    }

    /** Delimiters around the pattern do not count; a pattern of nothing else is nowhere. */
    private boolean hasWord(String pattern, String delimiters, String text, int from, int to) {
        int start = 0;
        int end = pattern.length();
        while (start < end && delimiters.indexOf(pattern.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && delimiters.indexOf(pattern.charAt(end - 1)) >= 0) {
            end--;
        }
        int length = end - start;
        for (int at = from; length > 0 && at + length <= to; at++) {
            boolean begins = at == from || delimiters.indexOf(text.charAt(at - 1)) >= 0;
            if (begins
                    && (at + length == to || delimiters.indexOf(text.charAt(at + length)) >= 0)
                    && isAt(pattern, start, length, text, at)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TextMatch that
                && kind == that.kind
                && ignoreCase == that.ignoreCase
                && patterns.equals(that.patterns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, patterns, ignoreCase);
    }

    @Override
    public String toString() {
        return kind + " " + patterns + (ignoreCase ? " ignoring case" : "");
    }
}

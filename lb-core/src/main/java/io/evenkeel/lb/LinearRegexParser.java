package io.evenkeel.lb;

import java.util.BitSet;
import java.util.List;

/** Reads a regular expression as PCRE and POSIX have it, as far as {@link LinearRegex} can carry it out. */
final class LinearRegexParser {
    private static final int CHARACTERS = 256;

    /** Repetitions of repetitions of nothing would go on for ever. */
    private static final int MOST_STEPS = 10_000;

    private final String text;
    private boolean ignoreCase;
    private int at;
    private int steps;
    private int positions;
    private final long[] follow = new long[LinearRegex.MOST_POSITIONS];
    private final long[] ofCharacter = new long[CHARACTERS];

    /** A part of the expression: whether it matches nothing, and with which positions it begins and ends. */
    private record Part(boolean nullable, long first, long last) {
        static final Part EMPTY = new Part(true, 0, 0);
        static final Part NEVER = new Part(false, 0, 0);

        Part or(Part other) {
            return new Part(nullable || other.nullable, first | other.first, last | other.last);
        }
    }

    LinearRegexParser(String text, boolean ignoreCase) {
        this.text = text;
        this.ignoreCase = ignoreCase;
    }

    LinearRegex parse() {
        if (text.startsWith("(?i)")) {
            ignoreCase = true;
            at = 4;
        }
        LinearRegex.Ends ends = LinearRegex.Ends.NONE;
        do {
            boolean fromStart = take('^');
            Part part = sequence();
            boolean toEnd = take('$');
            boolean always = part.nullable && !(fromStart && toEnd);
            ends =
                    ends.or(
                            new LinearRegex.Ends(
                                    fromStart ? part.first : 0,
                                    fromStart ? 0 : part.first,
                                    toEnd ? part.last : 0,
                                    toEnd ? 0 : part.last,
                                    part.nullable,
                                    always));
        } while (take('|'));
        if (at < text.length()) {
            throw refused(
                    text.charAt(at) == ')'
                            ? "a ) closes nothing"
                            : "^ and $ can stand at the start and the end of an alternative only");
        }
        return new LinearRegex(follow, ofCharacter, ends);
    }

    private Part alternatives() {
        Part part = Part.NEVER;
        do {
            part = part.or(sequence());
        } while (take('|'));
        return part;
    }

    private Part sequence() {
        Part part = Part.EMPTY;
        while (at < text.length() && "|)$".indexOf(text.charAt(at)) < 0) {
            part = then(part, repeated());
        }
        return part;
    }

    private Part then(Part one, Part other) {
        link(one.last, other.first);
        return new Part(
                one.nullable && other.nullable,
                one.first | (one.nullable ? other.first : 0),
                other.last | (other.nullable ? one.last : 0));
    }

    private void link(long from, long to) {
        for (long bits = from; bits != 0; bits &= bits - 1) {
            follow[Long.numberOfTrailingZeros(bits)] |= to;
        }
    }

    private Part repeated() {
        int start = at;
        Part part = atom();
        if (at == text.length()) {
            return part;
        }
        switch (text.charAt(at)) {
            case '*' -> {
                at++;
                link(part.last, part.first);
                part = new Part(true, part.first, part.last);
            }
            case '+' -> {
                at++;
                link(part.last, part.first);
            }
            case '?' -> {
                at++;
                part = new Part(true, part.first, part.last);
            }
            case '{' -> part = counted(start, part);
            default -> {
                return part;
            }
        }
        take('?');
        if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            throw refused("possessive and double repetitions are not supported");
        }
        return part;
    }

    /** At the brace of {@code {n}}, {@code {n,}} or {@code {n,m}}: the atom is read again for each time. */
    private Part counted(int start, Part once) {
        int close = text.indexOf('}', at);
        String counts = close < 0 ? "" : text.substring(at + 1, close);
        if (!counts.matches("[0-9]{1,3}(,[0-9]{0,3})?")) {
            throw refused("a { is not followed by counts such as {2} or {1,3}; write \\{");
        }
        int comma = counts.indexOf(',');
        int least = Integer.parseInt(comma < 0 ? counts : counts.substring(0, comma));
        boolean open = comma == counts.length() - 1;
        int most = comma < 0 ? least : open ? least : Integer.parseInt(counts.substring(comma + 1));
        if (most < least) {
            throw refused("the repetition {" + counts + "} ends before it starts");
        }
        Part part = Part.EMPTY;
        for (int i = 0; i < Math.max(most, open ? 1 : 0); i++) {
            Part next = once;
            if (i > 0) {
                at = start;
                next = atom();
            }
            boolean last = i >= most - 1;
            if (open && last) {
                link(next.last, next.first);
            }
            part = then(part, i < least ? next : new Part(true, next.first, next.last));
        }
        at = close + 1;
        return part;
    }

    private Part atom() {
        if (++steps > MOST_STEPS) {
            throw refused("it repeats too much");
        }
        char c = text.charAt(at);
        switch (c) {
            case '(' -> {
                return group();
            }
            case '[' -> {
                at++;
                return position(new CharacterClassParser(this).parse());
            }
            case '.' -> {
                at++;
                BitSet all = new BitSet(CHARACTERS);
                all.set(0, CHARACTERS);
                return position(all);
            }
            case '\\' -> {
                return position(escape());
            }
            case '*', '+', '?', '{' -> throw refused("a " + c + " repeats nothing");
            case '^' -> throw refused("^ can stand at the start of an alternative only");
            default -> {
                at++;
                return position(single(c));
            }
        }
    }

    private Part group() {
        at++;
        if (text.startsWith("?:", at)) {
            at += 2;
        } else if (text.startsWith("?", at)) {
            throw refused("groups that begin with (? are not supported, but for (?: and (?i)");
        }
        Part part = alternatives();
        if (at < text.length() && text.charAt(at) == '$') {
            throw refused("$ can stand at the end of an alternative outside of groups only");
        }
        if (!take(')')) {
            throw refused("a ( is not closed");
        }
        return part;
    }

    private Part position(BitSet characters) {
        if (positions == LinearRegex.MOST_POSITIONS) {
            throw refused(
                    "it is too long: "
                            + LinearRegex.MOST_POSITIONS
                            + " characters and classes are the most, repetitions written out;"
                            + " divide it");
        }
        long bit = 1L << positions++;
        foldCase(characters);
        for (int c = characters.nextSetBit(0); c >= 0; c = characters.nextSetBit(c + 1)) {
            ofCharacter[c] |= bit;
        }
        return new Part(false, bit, bit);
    }

    /** Adds each letter in its other case, if case does not count. */
    void foldCase(BitSet characters) {
        if (!ignoreCase) {
            return;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            boolean either = characters.get(c) || characters.get(upper(c));
            characters.set(c, either);
            characters.set(upper(c), either);
        }
    }

    /** Of ASCII letters only. */
    private static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }

    /** At a backslash: the characters that it stands for. */
    BitSet escape() {
        if (at + 1 == text.length()) {
            throw refused("a backslash at the end escapes nothing");
        }
        char c = text.charAt(at + 1);
        at += 2;
        BitSet set = new BitSet(CHARACTERS);
        switch (c) {
            case 'd', 'D' -> set.set('0', '9' + 1);
            case 'w', 'W' -> word(set);
            case 's', 'S' -> List.of(' ', '\t', '\n', '\r', '\f', '\u000b').forEach(set::set);
            case 't' -> set.set('\t');
            case 'n' -> set.set('\n');
            case 'r' -> set.set('\r');
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw refused("\\" + c + " is not supported");
                }
                return single(c);
            }
        }
        if (Character.isUpperCase(c)) {
            set.flip(0, CHARACTERS);
        }
        return set;
    }

    private static void word(BitSet set) {
        set.set('0', '9' + 1);
        set.set('A', 'Z' + 1);
        set.set('a', 'z' + 1);
        set.set('_');
    }

    private BitSet single(char c) {
        if (c > '~') {
            throw refused("the character " + c + " is not ASCII");
        }
        BitSet set = new BitSet(CHARACTERS);
        set.set(c);
        return set;
    }

    boolean take(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    /** The next character, which is not taken. */
    char peek() {
        if (at == text.length()) {
            throw refused("a [ is not closed");
        }
        return text.charAt(at);
    }

    /** Takes that text if it is next. */
    boolean take(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    InvalidConfigException refused(String why) {
        return new InvalidConfigException(
                List.of(new ConfigProblem("regex", "'" + text + "' cannot be used: " + why)));
    }
}

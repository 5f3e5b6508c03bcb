package io.evenkeel.lb;

import java.util.BitSet;
import java.util.List;

/** Reads what stands within the brackets of a regular expression. */
final class CharacterClassParser {
    private static final int CHARACTERS = 256;

    private final LinearRegexParser expression;

    CharacterClassParser(LinearRegexParser expression) {
        this.expression = expression;
    }

    /** After the opening bracket; the closing one is taken. */
    BitSet parse() {
        BitSet set = new BitSet(CHARACTERS);
        boolean negated = expression.take('^');
        boolean first = true;
        while (first || expression.peek() != ']') {
            first = false;
            if (expression.take("[:")) {
                set.or(named());
                continue;
            }
            BitSet low = element();
            if (expression.take('-')) {
                if (expression.peek() == ']') {
                    set.set('-');
                    set.or(low);
                    continue;
                }
                range(set, low, element());
            } else {
                set.or(low);
            }
        }
        expression.take(']');
        if (negated) {
            // What is taken out goes in both cases, so it is in both before.
            expression.foldCase(set);
            set.flip(0, CHARACTERS);
        }
        return set;
    }

    private BitSet element() {
        char c = expression.peek();
        if (c == '\\') {
            return expression.escape();
        }
        if (c > '~') {
            throw expression.refused("the character " + c + " is not ASCII");
        }
        expression.take(c);
        BitSet set = new BitSet(CHARACTERS);
        set.set(c);
        return set;
    }

    private void range(BitSet set, BitSet low, BitSet high) {
        if (low.cardinality() != 1 || high.cardinality() != 1) {
            throw expression.refused("a range within [ ] goes from one character to another");
        }
        int from = low.nextSetBit(0);
        int to = high.nextSetBit(0);
        if (from > to) {
            throw expression.refused("a range within [ ] ends before it starts");
        }
        set.set(from, to + 1);
    }

    private BitSet named() {
        BitSet set = new BitSet(CHARACTERS);
        for (String name :
                List.of("alpha", "digit", "alnum", "upper", "lower", "space", "xdigit", "punct")) {
            if (expression.take(name + ":]")) {
                for (char c = 0; c <= '~'; c++) {
                    set.set(c, isIn(name, c));
                }
                return set;
            }
        }
        throw expression.refused("a [: is not followed by a known class such as [:alnum:]");
    }

    private static boolean isIn(String name, char c) {
        boolean upper = c >= 'A' && c <= 'Z';
        boolean lower = c >= 'a' && c <= 'z';
        boolean digit = c >= '0' && c <= '9';
        return switch (name) {
            case "alpha" -> upper || lower;
            case "digit" -> digit;
            case "alnum" -> upper || lower || digit;
            case "upper" -> upper;
            case "lower" -> lower;
            case "space" -> c == ' ' || c >= '\t' && c <= '\r';
            case "xdigit" -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            default -> c > ' ' && !upper && !lower && !digit;
        };
    }
}

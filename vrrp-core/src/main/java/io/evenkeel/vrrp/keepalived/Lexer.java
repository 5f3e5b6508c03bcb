package io.evenkeel.vrrp.keepalived;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits lines into words, braces and ends of lines; removes quotes. Comments are gone already. In the value of {@code auth_pass}, ' and
 * \ are characters as any other, as keepalived has it: peers must have the same password.
 */
final class Lexer {
    static final String ESCAPABLE = "\\\"' #!{}$";

    private static final String PLAIN_KEYWORD = "auth_pass";

    private final Findings findings;
    private final List<Token> tokens = new ArrayList<>();
    private String text = "";
    private Place place = new Place("", 1);
    private int position;
    private boolean firstOfLine = true;
    private boolean continuing;
    private boolean plain;

    Lexer(Findings findings) {
        this.findings = findings;
    }

    List<Token> tokens() {
        return tokens;
    }

    /** Whether the last line ends in a backslash and goes on. */
    boolean isContinuing() {
        return continuing;
    }

    /** Takes in a line, without its end. */
    void line(String line, Place where) {
        text = line;
        place = where;
        position = 0;
        continuing = false;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Character.isWhitespace(c)) {
                position++;
            } else if (c == '\\' && position == text.length() - 1) {
                position++;
                continuing = true;
            } else if (c == '{' || c == '}') {
                add(c == '{' ? Token.Kind.OPEN : Token.Kind.CLOSE, String.valueOf(c), position);
                position++;
            } else {
                word();
            }
        }
        if (!continuing) {
            endLine();
        }
    }

    /** Ends the line that the last backslash of a file leaves open. */
    void endFile(Place where) {
        if (continuing) {
            place = where;
            continuing = false;
            endLine();
        }
    }

    private void endLine() {
        tokens.add(new Token(Token.Kind.END_OF_LINE, "", place, firstOfLine, position));
        firstOfLine = true;
        plain = false;
    }

    /** Whether words on the line after this one are plain: not escaped, and quoted by " alone. */
    static boolean isPlainKeyword(String word) {
        return word.equals(PLAIN_KEYWORD);
    }

    private void word() {
        int start = position;
        StringBuilder word = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Character.isWhitespace(c)) {
                break;
            }
            if (c == '"' || c == '\'' && !plain) {
                quoted(c, word);
            } else if (c == '\\' && position == text.length() - 1) {
                break;
            } else if (c == '\\' && !plain) {
                escape(word);
            } else if (text.startsWith("${", position)) {
                undefined(word);
            } else if (c == '}' || (c == '{' && endsWord(position + 1))) {
                break;
            } else {
                word.append(c);
                position++;
            }
        }
        add(Token.Kind.WORD, word.toString(), start);
    }

    private void quoted(char quote, StringBuilder word) {
        position++;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == quote) {
                position++;
                return;
            }
            if (c == '\\' && !plain) {
                escape(word);
            } else if (text.startsWith("${", position)) {
                undefined(word);
            } else {
                word.append(c);
                position++;
            }
        }
        findings.error(
                place,
                "a "
                        + quote
                        + " is opened on this line and not closed; a quoted string ends on its line");
    }

    private void escape(StringBuilder word) {
        char next = position + 1 < text.length() ? text.charAt(position + 1) : '\n';
        if (ESCAPABLE.indexOf(next) >= 0) {
            word.append(next);
            position += 2;
        } else {
            findings.error(
                    place,
                    "a backslash may stand only before one of \\ \" ' # ! { } $ and a blank; write '\\\\' for a"
                            + " backslash and other characters as they are");
            position++;
        }
    }

    /** Takes the use of a variable as it is; that it is undefined is reported already, and its braces are no block's. */
    private void undefined(StringBuilder word) {
        while (position < text.length()) {
            char c = text.charAt(position++);
            word.append(c);
            if (c == '}') {
                return;
            }
        }
    }

    private boolean endsWord(int next) {
        if (next >= text.length()) {
            return true;
        }
        char c = text.charAt(next);
        return Character.isWhitespace(c) || c == '}';
    }

    private void add(Token.Kind kind, String word, int start) {
        tokens.add(new Token(kind, word, place, firstOfLine, start));
        plain |= firstOfLine && isPlainKeyword(word);
        firstOfLine = false;
    }
}

package io.evenkeel.vrrp.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits the text into words, braces and ends of lines; removes comments and quotes. */
final class Lexer {
    private static final Set<String> INCLUDES =
            Set.of("include", "includea", "includeb", "includem", "includer", "includew");
    private static final String ESCAPABLE = "\\\"' #!{}$";

    private final String text;
    private final Findings findings;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private int lineStart;
    private boolean firstOfLine = true;

    private Lexer(String text, Findings findings) {
        this.text = text;
        this.findings = findings;
    }

    static List<Token> tokens(String text, Findings findings) {
        return new Lexer(Nuls.removed(text, findings), findings).run();
    }

    private List<Token> run() {
        if (text.startsWith("\uFEFF")) {
            position = 1;
        }
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                endLine();
            } else if (isBlank(c)) {
                position++;
            } else if (c == '#' || c == '!') {
                skipToEndOfLine();
            } else if (c == '\\' && isContinuation()) {
                position = text.indexOf('\n', position) + 1;
                line++;
                lineStart = position;
            } else if (c == '{' || c == '}') {
                add(c == '{' ? Token.Kind.OPEN : Token.Kind.CLOSE, String.valueOf(c), position);
                position++;
            } else if (!firstOfLine || !isExtension()) {
                word();
            }
        }
        tokens.add(new Token(Token.Kind.END_OF_LINE, "", line, firstOfLine, 0));
        return tokens;
    }

    private void endLine() {
        tokens.add(new Token(Token.Kind.END_OF_LINE, "", line, firstOfLine, position - lineStart));
        position++;
        line++;
        lineStart = position;
        firstOfLine = true;
    }

    /** Refuses the constructs that work on lines rather than on words; returns whether there was one. */
    private boolean isExtension() {
        char c = text.charAt(position);
        if (c == '@') {
            findings.error(
                    line,
                    "conditional lines ('@name ...') are not supported; keep one file per host with the lines that"
                            + " apply to it");
            while (position < text.length() && !Character.isWhitespace(text.charAt(position))) {
                position++;
            }
            return true;
        }
        if (c == '~') {
            findings.error(
                    line,
                    "'~' blocks (~SEQ, ~LST) are not supported; write out the lines that the block stands for");
            skipToEndOfLine();
            return true;
        }
        if (c == '$') {
            findings.error(
                    line,
                    "parameters ('$NAME=value') are not supported; write the value where the parameter is used");
            skipToEndOfLine();
            return true;
        }
        int end = position;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        boolean wholeWord = end < text.length() && isBlank(text.charAt(end));
        if (wholeWord && INCLUDES.contains(text.substring(position, end))) {
            findings.error(
                    line,
                    "'"
                            + text.substring(position, end)
                            + "' is not supported; copy the included lines into this file");
            skipToEndOfLine();
            return true;
        }
        return false;
    }

    private void word() {
        int start = position;
        StringBuilder word = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Character.isWhitespace(c) || c == '#' || c == '!') {
                break;
            }
            if (c == '"' || c == '\'') {
                quoted(c, word);
            } else if (c == '\\' && isContinuation()) {
                break;
            } else if (c == '\\') {
                escape(word);
            } else if (isParameter()) {
                parameter(word);
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
            if (c == '\n') {
                break;
            }
            if (c == quote) {
                position++;
                return;
            }
            if (c == '\\') {
                escape(word);
            } else if (isParameter()) {
                parameter(word);
            } else {
                word.append(c);
                position++;
            }
        }
        findings.error(
                line,
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
                    line,
                    "a backslash may stand only before one of \\ \" ' # ! { } $ and a blank; write '\\\\' for a"
                            + " backslash and other characters as they are");
            position++;
        }
    }

    private boolean isParameter() {
        return text.startsWith("${", position);
    }

    private void parameter(StringBuilder word) {
        findings.error(
                line,
                "parameters ('${NAME}') are not supported; write the value where the parameter is used");
        while (position < text.length() && text.charAt(position) != '\n') {
            char c = text.charAt(position++);
            word.append(c);
            if (c == '}') {
                return;
            }
        }
    }

    private boolean isContinuation() {
        int next = position + 1;
        if (next < text.length() && text.charAt(next) == '\r') {
            next++;
        }
        return next < text.length() && text.charAt(next) == '\n';
    }

    private boolean endsWord(int next) {
        if (next >= text.length()) {
            return true;
        }
        char c = text.charAt(next);
        return Character.isWhitespace(c) || c == '#' || c == '!' || c == '}';
    }

    private void skipToEndOfLine() {
        while (position < text.length() && text.charAt(position) != '\n') {
            position++;
        }
    }

    private void add(Token.Kind kind, String word, int start) {
        tokens.add(new Token(kind, word, line, firstOfLine, start - lineStart));
        firstOfLine = false;
    }

    private static boolean isBlank(char c) {
        return c != '\n' && Character.isWhitespace(c);
    }
}

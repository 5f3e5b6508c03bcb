package io.evenkeel.lb.haproxy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits the file into lines of words as HAProxy does: {@code '...'} is literal, {@code "..."}
 * expands variables, a backslash escapes outside of single quotes, {@code #} starts a comment.
 */
final class Tokenizer {
    private static final String WHITESPACE = " \t\r\f\u000b";

    private final Report report;
    private final Environment environment;
    private final String[] texts;

    private int number;
    private String text = "";
    private int at;
    private boolean broken;

    Tokenizer(Report report, String file, Environment environment) {
        this.report = report;
        this.environment = environment;
        boolean marked = file.startsWith("\ufeff");
        texts = (marked ? file.substring(1) : file).split("\n", -1);
        if (marked) {
            report.warn(
                    1,
                    "the file starts with a byte order mark, which HAProxy does not accept; save it"
                            + " without one");
        }
        if (!texts[texts.length - 1].isBlank()) {
            report.warn(
                    texts.length,
                    "the last line has no line feed, so the file may have been cut off (HAProxy"
                            + " refuses it); end it with one");
        }
    }

    /**
     * The next line that holds a word, or null at the end. Variables have the values of this moment,
     * so that a line may set those of the next.
     */
    @Nullable Line next() {
        while (number < texts.length) {
            text = texts[number++];
            at = 0;
            broken = false;
            List<String> words = words();
            if (!words.isEmpty()) {
                return new Line(number, words, broken);
            }
        }
        return null;
    }

    private List<String> words() {
        if (text.indexOf('\0') >= 0) {
            refuse(
                    "a NUL byte is in the line at column "
                            + (text.indexOf('\0') + 1)
                            + "; remove it");
            text = text.substring(0, text.indexOf('\0'));
        }
        int carriageReturn = text.indexOf('\r');
        if (carriageReturn >= 0 && carriageReturn < text.length() - 1) {
            report.warn(
                    number,
                    "a carriage return stands within the line at column "
                            + (carriageReturn + 1)
                            + " and counts as a space; end lines with a line feed");
        }
        List<String> words = new ArrayList<>();
        while (true) {
            while (at < text.length() && WHITESPACE.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (at == text.length() || text.charAt(at) == '#') {
                return words;
            }
            int start = at;
            words.add(word());
            if (at == start + 1 && text.charAt(start) == '\\' && text.substring(at).isBlank()) {
                refuse(
                        "the backslash at the end does not join the line with the next; write both"
                                + " on one line");
            }
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        int start = at;
        int quotedAt = -1;
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quote == 0 && (c == '#' || WHITESPACE.indexOf(c) >= 0)) {
                break;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                quotedAt = at++;
            } else if (c == quote) {
                quote = 0;
                at++;
            } else if (c == '\\' && quote != '\'') {
                escape(word);
            } else if (c == '$' && quote == '"') {
                variable(word);
            } else {
                word.append(c);
                at++;
            }
        }
        if (quote != 0) {
            refuse(
                    "the quote "
                            + quote
                            + " at column "
                            + (quotedAt + 1)
                            + " is not closed; close it on the same line");
        } else if (word.isEmpty() && !broken) {
            refuse(
                    "the word at column "
                            + (start + 1)
                            + " is empty, and HAProxy would ignore the rest of the line; remove it");
        }
        return word.toString();
    }

    /** At a backslash. One that escapes nothing stands for itself. */
    private void escape(StringBuilder word) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        switch (next) {
            case ' ', '\\', '#', '"', '\'', '$' -> word.append(next);
            case 't' -> word.append('\t');
            case 'n' -> word.append('\n');
            case 'r' -> word.append('\r');
            case 'x' -> hexadecimal(word);
            default -> {
                word.append('\\');
                at--;
            }
        }
        at += 2;
    }

    private void hexadecimal(StringBuilder word) {
        int high = at + 3 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
        int low = high >= 0 ? Character.digit(text.charAt(at + 3), 16) : -1;
        if (low < 0 || high + low == 0) {
            refuse(
                    "\\x at column "
                            + (at + 1)
                            + " is not followed by two hexadecimal digits other than 00; write a"
                            + " character as \\x41");
            return;
        }
        word.append((char) (high * 16 + low));
        at += 2;
    }

    /** At a dollar sign within double quotes: {@code $NAME}, {@code ${NAME}}, {@code ${NAME-default}}. */
    private void variable(StringBuilder word) {
        int dollar = at++;
        boolean braces = at < text.length() && text.charAt(at) == '{';
        if (braces) {
            at++;
        }
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            refuse(
                    "no variable name follows the $ at column "
                            + (dollar + 1)
                            + "; write ${NAME}, or \\$ for the character itself");
            return;
        }
        String fallback = null;
        if (braces) {
            int end = text.indexOf('}', at);
            String rest = end < 0 ? "" : text.substring(at, end);
            if (end < 0 || !(rest.isEmpty() || rest.startsWith("-"))) {
                refuse(
                        "${"
                                + name
                                + " at column "
                                + (dollar + 1)
                                + " does not end as ${"
                                + name
                                + "} or ${"
                                + name
                                + "-default}; other forms are not supported");
                at = end < 0 ? at : end + 1;
                return;
            }
            fallback = rest.isEmpty() ? null : rest.substring(1);
            at = end + 1;
        }
        String value = environment.get(name);
        if (value == null && fallback == null) {
            refuse(
                    "the environment variable "
                            + name
                            + " is not set; set it or write ${"
                            + name
                            + "-default}");
        } else {
            word.append(value != null ? value : fallback);
        }
    }

    private static boolean isNamePart(char c, boolean first) {
        return c == '_'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || !first && c >= '0' && c <= '9';
    }

    private void refuse(String message) {
        broken = true;
        report.refuse(number, message);
    }
}

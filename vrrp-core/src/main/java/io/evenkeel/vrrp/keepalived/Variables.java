package io.evenkeel.vrrp.keepalived;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables that are defined so far, and what a line becomes when their values replace their names. */
final class Variables {
    private static final Pattern DEFINITION =
            Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final Pattern BRACED =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Set<String> PREDEFINED =
            Set.of("_BANG", "_ENV", "_HASH", "_INSTANCE", "_PWD", "_RANDOM");

    private final ReaderOptions options;
    private final Findings findings;
    private final Map<String, String> values = new TreeMap<>();

    Variables(ReaderOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
    }

    /** Returns the definition that a line without leading blanks is, as name and value, or null. */
    static @Nullable Matcher definition(String line) {
        Matcher matcher = DEFINITION.matcher(line);
        return matcher.matches() ? matcher : null;
    }

    void define(String name, String value, Place place) {
        if (PREDEFINED.contains(name)) {
            findings.error(
                    place,
                    "'$"
                            + name
                            + "' is a variable of keepalived's own; choose a name that does not start with '_'");
        } else if (uses(value, name)) {
            findings.error(
                    place,
                    "the value of '$"
                            + name
                            + "' uses '$"
                            + name
                            + "' itself, which has no end; give one of them another name");
        } else {
            values.put(name, value);
        }
    }

    private static boolean uses(String value, String name) {
        String bare = "$" + name;
        int at = value.indexOf(bare);
        while (at >= 0) {
            int end = at + bare.length();
            boolean whole = end == value.length() || Character.isWhitespace(value.charAt(end));
            if (whole && !isEscaped(value, at)) {
                return true;
            }
            at = value.indexOf(bare, end);
        }
        return value.contains("${" + name + "}");
    }

    /** Returns the line with every use replaced once, or null when there is none. Undefined ones stay, and are reported. */
    @Nullable String replaced(String line, Place place) {
        StringBuilder replaced = null;
        int copied = 0;
        int i = line.indexOf('$');
        while (i >= 0) {
            int end = i + 1;
            String value = null;
            if (isEscaped(line, i)) {
                // The lexer takes the backslash away.
            } else if (line.startsWith("{", i + 1)) {
                int close = line.indexOf('}', i);
                end = close < 0 ? line.length() : close + 1;
                value = braced(close < 0 ? "" : line.substring(i + 2, close), close < 0, place);
            } else {
                while (end < line.length() && isOfName(line.charAt(end), end == i + 1)) {
                    end++;
                }
                value = bare(line, line.substring(i + 1, end), end, place);
            }
            if (value != null) {
                replaced = replaced == null ? new StringBuilder() : replaced;
                replaced.append(line, copied, i).append(value);
                copied = end;
            }
            i = line.indexOf('$', end);
        }
        return replaced == null ? null : replaced.append(line, copied, line.length()).toString();
    }

    private static boolean isEscaped(String line, int at) {
        int backslashes = 0;
        while (at - backslashes > 0 && line.charAt(at - backslashes - 1) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static boolean isOfName(char c, boolean first) {
        boolean letter = c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        return letter || (!first && c >= '0' && c <= '9');
    }

    private @Nullable String bare(String line, String name, int end, Place place) {
        if (name.isEmpty()) {
            return null;
        }
        boolean whole = end == line.length() || Character.isWhitespace(line.charAt(end));
        if (whole) {
            return value(name, null, place);
        }
        if (values.containsKey(name)) {
            findings.warning(
                    place,
                    "'$"
                            + name
                            + "' is followed by '"
                            + line.charAt(end)
                            + "' and left as it is, as with keepalived; write '${"
                            + name
                            + "}' for its value");
        }
        return null;
    }

    private @Nullable String braced(String content, boolean unclosed, Place place) {
        if (unclosed) {
            findings.error(place, "a '${' is opened on this line and not closed; add the '}'");
            return null;
        }
        Matcher matcher = BRACED.matcher(content);
        if (!matcher.matches()) {
            findings.error(
                    place,
                    "'${"
                            + content
                            + "}' names no variable; a name has letters, digits and '_', and no digit first");
            return null;
        }
        return value(matcher.group(1), matcher.group(2), place);
    }

    private @Nullable String value(String name, @Nullable String argument, Place place) {
        switch (name) {
            case "_HASH":
                return "#";
            case "_BANG":
                return "!";
            case "_INSTANCE":
                return options.configId();
            case "_PWD":
                return directory(place.file());
            case "_ENV":
                return environment(argument == null ? "" : argument.strip(), place);
            case "_RANDOM":
                findings.error(
                        place,
                        "'${_RANDOM}' is not supported: two readings of one file must mean the same; write the number");
                return null;
            default:
                String value = values.get(name);
                if (value == null) {
                    undefined(name, place);
                }
                return value;
        }
    }

    private @Nullable String environment(String name, Place place) {
        String value = name.isEmpty() ? null : options.environment(name);
        if (value == null) {
            findings.error(
                    place,
                    name.isEmpty()
                            ? "'${_ENV}' lacks a name; write '${_ENV NAME}'"
                            : "the environment variable '"
                                    + name
                                    + "' is not set; set it, or write its value here");
            return null;
        }
        // What the environment holds is text, in which a '$' is no variable of this file.
        return value.replace("$", "\\$").replace('\n', ' ').replace('\r', ' ');
    }

    private void undefined(String name, Place place) {
        String nearest = Nearest.of(name, values.keySet());
        findings.error(
                place,
                "the variable '$"
                        + name
                        + "' is not defined; "
                        + (nearest == null
                                ? "define it on a line before, '$"
                                        + name
                                        + "=value', or write '\\$' for a '$'"
                                : "did you mean '$" + nearest + "'?"));
    }

    private static String directory(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : file.substring(0, slash);
    }
}

package io.evenkeel.lb.haproxy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Goes through the words of a line and reports those that are missing, malformed or too many. */
final class Words {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,10}");

    private final Line line;
    private final Report report;
    private final Environment environment;
    private int at;

    Words(Line line, Report report, Environment environment) {
        this.line = line;
        this.report = report;
        this.environment = environment;
    }

    int line() {
        return line.number();
    }

    Report report() {
        return report;
    }

    boolean hasNext() {
        return at < line.words().size();
    }

    /** The next word, or "" at the end. */
    String peek() {
        return hasNext() ? line.words().get(at) : "";
    }

    /** Whether a word is on the rest of the line. */
    boolean has(String word) {
        return line.words().subList(at, line.words().size()).contains(word);
    }

    /** The next word, which must be there. */
    String next() {
        return line.words().get(at++);
    }

    void skipRest() {
        at = line.words().size();
    }

    /** The same for one word of this line, such as what stands in brackets. */
    Words of(String word) {
        return new Words(new Line(line.number(), List.of(word), false), report, environment);
    }

    Environment environment() {
        return environment;
    }

    /** The rest of the line, with single spaces. */
    String rest() {
        String rest = peekRest();
        skipRest();
        return rest;
    }

    /** The same, and it is still to be read. */
    String peekRest() {
        return String.join(" ", line.words().subList(at, line.words().size()));
    }

    /** The argument of {@code of}, or null after it was reported missing. */
    @Nullable String argument(String of, String what) {
        if (hasNext()) {
            return next();
        }
        refuse("'" + of + "' needs " + what + " after it");
        return null;
    }

    /** The argument of {@code of} when it is one of {@code allowed}, or null after a report. */
    @Nullable String choice(String of, List<String> allowed) {
        String word = argument(of, oneOf(allowed));
        if (word == null || allowed.contains(word)) {
            return word;
        }
        refuse(
                "'"
                        + of
                        + "' cannot be "
                        + Report.quote(word)
                        + "; it must be "
                        + oneOf(allowed)
                        + Nearest.hint(word, allowed));
        return null;
    }

    /** The argument of {@code of}, a whole number, or null after a report. */
    @Nullable Integer integer(String of, int least, int most) {
        String word = argument(of, "a whole number");
        if (word == null) {
            return null;
        }
        if (WHOLE_NUMBER.matcher(word).matches()) {
            long value = Long.parseLong(word);
            if (value >= least && value <= most) {
                return (int) value;
            }
        }
        refuse(
                "'"
                        + of
                        + "' is "
                        + Report.quote(word)
                        + ", but must be a whole number "
                        + (most == Integer.MAX_VALUE
                                ? "from " + least + " up"
                                : "from " + least + " to " + most));
        return null;
    }

    /** The argument of {@code of}, a time, or null after a report. */
    @Nullable Duration time(String of, boolean zeroAllowed) {
        String word = argument(of, "a time such as 5s");
        return word == null ? null : Times.parse(this, "'" + of + "'", word, zeroAllowed);
    }

    /** Reports a word that follows although nothing may. */
    void end(String of) {
        if (hasNext()) {
            refuse(
                    "nothing may follow here after '"
                            + of
                            + "', but "
                            + Report.quote(peek())
                            + " does; remove it");
            skipRest();
        }
    }

    /** Reports a word that {@code of} does not take, and gives the line up. */
    void unknown(String word, String of, List<String> known) {
        refuse(
                "'"
                        + of
                        + "' does not know "
                        + Report.quote(word)
                        + "; it takes "
                        + String.join(", ", known)
                        + Nearest.hint(word, known));
        skipRest();
    }

    void refuse(String message) {
        report.refuse(line(), message);
    }

    void warn(String message) {
        report.warn(line(), message);
    }

    private static String oneOf(Collection<String> allowed) {
        return allowed.size() == 1
                ? "'" + allowed.iterator().next() + "'"
                : "one of " + String.join(", ", allowed);
    }
}

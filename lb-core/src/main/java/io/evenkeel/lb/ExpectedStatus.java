package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;

/**
 * The HTTP status codes that let a check pass ({@code http-check expect status}).
 *
 * @param ranges at least one; a code passes when any of them holds it
 * @param negated whether the codes of {@code ranges} fail and all others pass ({@code ! status})
 */
public record ExpectedStatus(List<Range> ranges, boolean negated) {
    /** What {@code option httpchk} takes when nothing is said: 200 to 399. */
    public static final ExpectedStatus SUCCESS_OR_REDIRECT =
            new ExpectedStatus(List.of(new Range(200, 399)), false);

    /**
     * Codes {@code first} to {@code last}, both included.
     *
     * @param first 100 to 999
     * @param last {@code first} to 999
     */
    public record Range(int first, int last) {
        /**
         * Checks the order.
         *
         * @throws InvalidConfigException naming what is wrong
         */
        public Range {
            Problems problems = new Problems("status[" + first + "-" + last + "]");
            problems.range("first", first, 100, 999);
            problems.range("last", last, 100, 999);
            if (last < first) {
                problems.add("", "ends before it starts; write the lower code first");
            }
            problems.throwIfAny();
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /**
     * Copies the ranges.
     *
     * @throws InvalidConfigException when there is none
     */
    public ExpectedStatus {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            Problems problems = new Problems("status");
            problems.add("", "lists no code; give one or more, such as 200 or 200-299");
            problems.throwIfAny();
        }
    }

    /** Exactly one code. */
    public static ExpectedStatus of(int code) {
        return new ExpectedStatus(List.of(new Range(code, code)), false);
    }

    /**
     * Reads codes and ranges as HAProxy writes them: {@code 200}, {@code 200-299},
     * {@code 200,301-303}.
     *
     * @throws InvalidConfigException when the text is something else
     */
    public static ExpectedStatus parse(String text) {
        Problems problems = new Problems("status");
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("[0-9]{3}(-[0-9]{3})?")) {
                problems.add(
                        "",
                        "'" + part + "' is not a status; write codes such as 200,204 or 200-299");
                continue;
            }
            int first = Integer.parseInt(part.substring(0, 3));
            int last = part.length() == 3 ? first : Integer.parseInt(part.substring(4));
            ranges.add(new Range(first, last));
        }
        problems.throwIfAny();
        return new ExpectedStatus(ranges, false);
    }

    /** Whether {@code code} lets the check pass. */
    public boolean matches(int code) {
        for (Range range : ranges) {
            if (code >= range.first && code <= range.last) {
                return !negated;
            }
        }
        return negated;
    }

    /** As {@link #parse} reads it, with {@code "! "} in front when negated. */
    @Override
    public String toString() {
        return (negated ? "! " : "")
                + String.join(",", ranges.stream().map(Range::toString).toList());
    }
}

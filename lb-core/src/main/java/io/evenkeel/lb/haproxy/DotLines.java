package io.evenkeel.lb.haproxy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses the lines that start with a dot: conditions and messages. */
final class DotLines {
    private static final List<String> MESSAGES = List.of(".notice", ".warning", ".alert", ".diag");
    private static final List<String> PARTS = List.of(".if", ".elif", ".else", ".endif");

    private final Report report;

    /** The lines of each condition that is still open, the innermost first. */
    private final Deque<List<Integer>> open = new ArrayDeque<>();

    DotLines(Report report) {
        this.report = report;
    }

    /** Whether the line is one of these. */
    static boolean starts(String word) {
        return word.startsWith(".");
    }

    void line(Words words) {
        String name = words.next();
        words.skipRest();
        if (MESSAGES.contains(name)) {
            words.refuse(
                    "'"
                            + name
                            + "' is not supported: a file prints no messages of its own; remove the"
                            + " line");
        } else if (!PARTS.contains(name)) {
            List<String> known = new ArrayList<>(PARTS);
            known.addAll(MESSAGES);
            words.refuse("unknown keyword " + Report.quote(name) + Nearest.hint(name, known));
        } else if (name.equals(".if")) {
            open.push(new ArrayList<>(List.of(words.line())));
        } else if (open.isEmpty()) {
            words.refuse("'" + name + "' belongs to no '.if' above it; remove the line");
        } else {
            open.element().add(words.line());
            if (name.equals(".endif")) {
                refuse(open.pop());
            }
        }
    }

    /** The file ends. */
    void end() {
        for (List<Integer> lines : open) {
            report.refuse(lines.get(0), "'.if' is not closed by '.endif'; remove the line");
        }
    }

    private void refuse(List<Integer> lines) {
        int first = lines.get(0);
        int last = lines.get(lines.size() - 1);
        report.refuse(
                first,
                "'.if' is not supported: conditions are not evaluated; of the lines "
                        + first
                        + " to "
                        + last
                        + " keep those that are to count, and remove the lines "
                        + lines.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
}

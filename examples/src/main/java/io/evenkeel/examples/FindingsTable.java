package io.evenkeel.examples;

import io.evenkeel.vrrp.netlink.HostFinding;
import io.evenkeel.vrrp.netlink.HostFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Findings as a table: one line for each, so that programs can search it, or on a terminal as many lines as its sentence needs.
 */
final class FindingsTable {
    private static final int DEFAULT_COLUMNS = 100;
    private static final int FEWEST_COLUMNS = 30;
    private static final int WIDEST_SUBJECT = 28;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final int columns;
    private final boolean colour;

    FindingsTable(int columns, boolean colour) {
        this.columns = columns;
        this.colour = colour;
    }

    /** As standard output and the environment allow. */
    static FindingsTable ofThisTerminal() {
        if (!StandardOutput.isTerminal()) {
            return new FindingsTable(UNBOUNDED, false);
        }
        String noColour = System.getenv("NO_COLOR");
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new FindingsTable(
                columnsOf(System.getenv("COLUMNS")),
                !dumb && (noColour == null || noColour.isEmpty()));
    }

    String render(List<HostFinding> findings) {
        int subject = findings.stream().mapToInt(f -> f.subject().length()).max().orElse(0);
        subject = Math.min(subject, WIDEST_SUBJECT);
        int severity = Severity.WARNING.name().length();
        int indent = severity + 2 + subject + 2;
        int width = columns == UNBOUNDED ? UNBOUNDED : Math.max(FEWEST_COLUMNS, columns - indent);
        StringBuilder text = new StringBuilder();
        for (HostFinding finding : findings) {
            text.append(paint(pad(word(finding.severity()), severity), finding.severity()))
                    .append("  ")
                    .append(pad(ConfigFiles.printable(finding.subject()), subject))
                    .append("  ")
                    .append(
                            String.join(
                                    System.lineSeparator() + " ".repeat(indent),
                                    wrap(ConfigFiles.printable(finding.sentence()), width)))
                    .append(System.lineSeparator());
        }
        return text.append(summary(findings)).append(System.lineSeparator()).toString();
    }

    private static String summary(List<HostFinding> findings) {
        long errors = count(findings, Severity.ERROR);
        long warnings = count(findings, Severity.WARNING);
        long notes = count(findings, Severity.NOTE);
        String sum =
                plural(errors, "error")
                        + ", "
                        + plural(warnings, "warning")
                        + ", "
                        + plural(notes, "note");
        return errors > 0 ? sum + ": the host refuses." : sum + ".";
    }

    private static long count(List<HostFinding> findings, Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** What is right is quiet. */
    private static String word(Severity severity) {
        String name = severity.name();
        return severity.compareTo(Severity.WARNING) >= 0 ? name : name.toLowerCase(Locale.ROOT);
    }

    private String paint(String text, Severity severity) {
        if (!colour) {
            return text;
        }
        String code =
                switch (severity) {
                    case OK -> "32";
                    case NOTE -> "36";
                    case WARNING -> "33";
                    case ERROR -> "1;31";
                };
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static List<String> wrap(String sentence, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            if (line.length() > 0 && (long) line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int columnsOf(@Nullable String variable) {
        try {
            return variable == null ? DEFAULT_COLUMNS : Integer.parseInt(variable);
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }
}

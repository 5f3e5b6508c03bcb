package io.evenkeel.benchmarks.sidebyside;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Results for a terminal: a block for each row, with a line for each contestant. */
final class Table {
    private static final String LINE = "  %-20s %12s   %s%n";

    private Table() {}

    static String of(Results results) {
        StringBuilder text = new StringBuilder();
        List<String> contestants =
                Stream.concat(Stream.of(Figure.DIRECT), results.contestants().stream()).toList();
        for (Row row : Row.values()) {
            List<Comparison> lines =
                    contestants.stream()
                            .map(contestant -> Comparison.of(results, contestant, row))
                            .filter(comparison -> !comparison.values().isEmpty())
                            .toList();
            if (!lines.isEmpty()) {
                text.append(row.title())
                        .append(row.isMoreBetter() ? " (more is better)" : " (less is better)")
                        .append(", medians, and ratios to ")
                        .append(results.reference(row))
                        .append('\n');
                lines.forEach(line -> text.append(line(line)));
            }
        }
        return text.toString();
    }

    private static String line(Comparison comparison) {
        return String.format(
                Locale.ROOT,
                LINE,
                comparison.contestant(),
                Row.format(comparison.values().median()),
                comparison.ratios().isEmpty() ? "" : comparison.ratios().text());
    }
}

package io.evenkeel.benchmarks.failover;

import java.util.List;
import java.util.Locale;

/** Results as text. */
final class Table {
    private static final String CSV_HEADER = "scenario,what,unit,n,p50,p90,p99,max,target,verdict";

    private Table() {}

    /** For people: a heading and a line per row. */
    static String plain(String heading, List<Row> rows) {
        int width = rows.stream().mapToInt(row -> name(row).length()).max().orElse(0);
        String format = "  %-" + width + "s %6s %9s %9s %9s %9s  %-14s %s%n";
        StringBuilder text = new StringBuilder(heading).append('\n');
        text.append(line(format, "", "n", "p50", "p90", "p99", "max", "target", ""));
        for (Row row : rows) {
            text.append(
                    line(
                            format,
                            name(row),
                            row.samples().count(),
                            figure(row, 50),
                            figure(row, 90),
                            figure(row, 99),
                            figure(row, 100),
                            row.targetText(),
                            row.verdict()));
        }
        return text.toString();
    }

    /** For programs: comma-separated, with a header. */
    static String csvHeader() {
        return CSV_HEADER + "\n";
    }

    /** The lines of a scenario under {@link #csvHeader()}. */
    static String csv(String scenario, List<Row> rows) {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(
                    String.join(
                            ",",
                            scenario,
                            '"' + row.what().replace("\"", "\"\"") + '"',
                            row.unit().toString(),
                            String.valueOf(row.samples().count()),
                            figure(row, 50),
                            figure(row, 90),
                            figure(row, 99),
                            figure(row, 100),
                            row.targetText(),
                            row.verdict()));
            text.append('\n');
        }
        return text.toString();
    }

    private static String name(Row row) {
        return row.unit() == Unit.COUNT ? row.what() : row.what() + ", " + row.unit();
    }

    private static String figure(Row row, double percent) {
        return row.unit().format(row.samples().percentile(percent));
    }

    private static String line(String format, Object... values) {
        // Trailing blanks only get in the way of whoever copies a line.
        return String.format(Locale.ROOT, format, values).stripTrailing() + "\n";
    }
}

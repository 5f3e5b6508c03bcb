package io.evenkeel.benchmarks.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of one benchmark.
 *
 * @param benchmark the class without its package, or {@code Class.method} if the table has only that one
 * @param title a heading
 * @param words what is measured, in a sentence or two
 * @param image the file name of its plot, or null if it has none
 */
record JmhTable(
        String benchmark,
        String title,
        String words,
        Axis rows,
        Axis columns,
        @Nullable String image) {

    /** What is not written in lower-case letters. */
    private static final List<String> NAMES =
            List.of("Evenkeel", "Armeria", "gRPC", "ServiceTalk", "Maglev", "EWMA");

    JmhTable(String benchmark, String title, String words, Axis rows, Axis columns) {
        this(benchmark, title, words, rows, columns, null);
    }

    /**
     * What differs from row to row, or from column to column.
     *
     * @param param the name of a parameter; empty: the benchmark's methods
     * @param names what people call its values, in the order that they are to have; others come after them, named by themselves
     */
    record Axis(String param, Map<String, String> names) {
        /** Names of methods, each followed by what people call it. */
        static Axis methods(String... valuesAndNames) {
            return of("", valuesAndNames);
        }

        /** Values of a parameter, each followed by what people call it. */
        static Axis of(String param, String... valuesAndNames) {
            Map<String, String> names = new LinkedHashMap<>();
            for (int i = 0; i < valuesAndNames.length; i += 2) {
                names.put(valuesAndNames[i], valuesAndNames[i + 1]);
            }
            return new Axis(param, names);
        }

        private String value(JmhResult result) {
            return param.isEmpty()
                    ? result.method()
                    : Objects.requireNonNullElse(result.params().get(param), "");
        }

        private String name(String value) {
            String name = names.get(value);
            if (name != null) {
                return name;
            }
            String words = value.toLowerCase(Locale.ROOT).replace('_', ' ');
            for (String word : NAMES) {
                words = words.replace(word.toLowerCase(Locale.ROOT), word);
            }
            return words;
        }

        /** Those that there are results of. */
        private List<String> values(List<JmhResult> results) {
            Set<String> present =
                    results.stream()
                            .map(this::value)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            Set<String> ordered = new LinkedHashSet<>(names.keySet());
            ordered.retainAll(present);
            ordered.addAll(present);
            return List.copyOf(ordered);
        }
    }

    boolean has(JmhResult result) {
        return benchmark.equals(result.benchmark())
                || benchmark.equals(result.benchmark() + "." + result.method());
    }

    List<JmhResult> of(JmhRun run) {
        return run.results().stream().filter(this::has).toList();
    }

    /** The heading, the command that measures it again, the words, the table and the plot. */
    String markdown(JmhRun run) {
        List<JmhResult> results = of(run);
        boolean free = results.stream().allMatch(result -> result.allocatedBytes() == 0);
        List<String> heads = columns.values(results);
        List<String> lines = new ArrayList<>();
        lines.add("### " + title + "\n");
        lines.add("```\nbenchmarks/jmh " + benchmark + "\n```\n");
        lines.add(words + (free ? " Nothing is allocated.\n" : "\n"));
        lines.add(
                "| | "
                        + heads.stream().map(columns::name).collect(Collectors.joining(" | "))
                        + " |");
        lines.add("|---" + "|---".repeat(heads.size()) + "|");
        for (String row : rows.values(results)) {
            StringBuilder line = new StringBuilder("| " + rows.name(row) + " |");
            for (String head : heads) {
                line.append(' ').append(cell(results, row, head, free)).append(" |");
            }
            lines.add(line.toString());
        }
        if (image != null) {
            lines.add("\n![" + title + "](images/" + image + ")");
        }
        return String.join("\n", lines) + "\n";
    }

    private String cell(List<JmhResult> results, String row, String column, boolean free) {
        return results.stream()
                .filter(r -> rows.value(r).equals(row) && columns.value(r).equals(column))
                .map(
                        r ->
                                Figures.time(r.nanos(), r.errorNanos())
                                        + (free ? "" : ", " + Figures.bytes(r.allocatedBytes())))
                .collect(Collectors.joining("; "));
    }

    /** An SVG with a line for each row and a colour for each column. */
    String plot(JmhRun run) {
        List<JmhResult> results = of(run);
        Map<String, List<DotPlot.Point>> series = new LinkedHashMap<>();
        for (String column : columns.values(results)) {
            series.put(
                    columns.name(column),
                    results.stream()
                            .filter(r -> columns.value(r).equals(column))
                            .map(
                                    r ->
                                            new DotPlot.Point(
                                                    rows.name(rows.value(r)),
                                                    r.nanos(),
                                                    r.errorNanos()))
                            .toList());
        }
        return DotPlot.of(title, rows.values(results).stream().map(rows::name).toList(), series);
    }
}

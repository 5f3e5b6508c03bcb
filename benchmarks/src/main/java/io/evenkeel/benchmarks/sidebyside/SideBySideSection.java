package io.evenkeel.benchmarks.sidebyside;

import io.evenkeel.benchmarks.render.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code benchmarks/side-by-side} has measured: how, tables of medians and ratios, and plots of the ratios and the latencies. */
public final class SideBySideSection implements Section {
    private static final String RATIOS = "side-by-side-ratios.svg";
    private static final String LATENCIES = "side-by-side-latencies.svg";
    private static final List<String> CIRCUMSTANCES =
            List.of(
                    "machine",
                    "kernel",
                    "load before the start",
                    "rounds",
                    "seconds",
                    "requests per second at half load",
                    "haproxy",
                    "nginx of the backends",
                    "java",
                    "curl");

    private final Results results;

    private SideBySideSection(Results results) {
        this.results = results;
    }

    /**
     * Of what is in that file.
     *
     * @throws IOException if it cannot be read
     * @throws RuntimeException if it is no such file; the message names the line
     */
    public static SideBySideSection read(Path file) throws IOException {
        return of(Results.read(file));
    }

    static SideBySideSection of(Results results) {
        return new SideBySideSection(results);
    }

    @Override
    public String name() {
        return "side-by-side";
    }

    @Override
    public String markdown() {
        StringBuilder text =
                new StringBuilder("```\nbenchmarks/side-by-side && benchmarks/render\n```\n\n");
        text.append(circumstances()).append('\n');
        text.append(medians()).append('\n');
        text.append(ratios()).append('\n');
        if (hasRatios()) {
            text.append("![Ratios to the reference](images/%s)\n\n".formatted(RATIOS));
        }
        if (hasLatencies()) {
            text.append("![Latencies at half load](images/%s)\n\n".formatted(LATENCIES));
        }
        return text.append(Method.TEXT).toString();
    }

    @Override
    public Map<String, String> images() {
        Map<String, String> images = new LinkedHashMap<>();
        if (hasRatios()) {
            images.put(RATIOS, RatioPlot.of(results));
        }
        if (hasLatencies()) {
            images.put(LATENCIES, LatencyPlot.of(results));
        }
        return images;
    }

    private boolean hasRatios() {
        return !RatioPlot.rows(results).isEmpty();
    }

    private boolean hasLatencies() {
        return !results.values(Figure.DIRECT, Row.LATENCY_P50).isEmpty();
    }

    private String circumstances() {
        StringBuilder text = new StringBuilder();
        String date = results.circumstances().getOrDefault("date", "an unknown date");
        text.append("Measured on ").append(date).append(":\n\n");
        for (String name : CIRCUMSTANCES) {
            String value = results.circumstances().get(name);
            if (value != null) {
                text.append("- ").append(name).append(": ").append(value).append('\n');
            }
        }
        for (String contestant : results.contestants()) {
            text.append("- `%s`: `%s`\n".formatted(contestant, results.command(contestant)));
        }
        if (results.circumstances().containsKey(Machine.BUSY)) {
            text.append("\n**The machine was busy, so the figures say little.**\n");
        }
        for (String failure : results.failures()) {
            text.append("\nNot measured: ").append(failure).append('\n');
        }
        return text.toString();
    }

    private String medians() {
        List<String> names =
                Stream.concat(results.contestants().stream(), Stream.of(Figure.DIRECT)).toList();
        StringBuilder text =
                new StringBuilder("Medians of all rounds; `direct` is without a proxy.\n\n");
        text.append("| | ").append(String.join(" | ", names)).append(" |\n|---|");
        text.append("---|".repeat(names.size())).append('\n');
        for (Row row : Row.values()) {
            List<Spread> values =
                    names.stream().map(n -> Spread.of(results.values(n, row).values())).toList();
            if (values.stream().anyMatch(value -> !value.isEmpty())) {
                text.append("| ").append(row.title());
                values.forEach(
                        value ->
                                text.append(" | ")
                                        .append(value.isEmpty() ? "" : Row.format(value.median())));
                text.append(" |\n");
            }
        }
        return text.toString();
    }

    private String ratios() {
        String usual = results.reference(Row.KEPT_ALIVE_64);
        String bulk = results.reference(Row.BULK_DOWN);
        List<String> names =
                results.contestants().stream()
                        .filter(name -> !name.equals(usual) || !name.equals(bulk))
                        .toList();
        StringBuilder text =
                new StringBuilder(
                        "Ratios to `%s`%s in the same round: the median, and in parentheses the lowest and the highest.%n%n"
                                .formatted(
                                        usual,
                                        usual.equals(bulk)
                                                ? ""
                                                : ", and for what is counted by the GiB to `%s`,"
                                                        .formatted(bulk)));
        boolean targets = names.contains(Contestant.EVENKEEL);
        text.append("| | better | ").append(String.join(" | ", names)).append(" |");
        text.append(targets ? " evenkeel's target |" : "").append("\n|---|---|");
        text.append("---|".repeat(names.size() + (targets ? 1 : 0))).append('\n');
        for (Row row : Row.values()) {
            List<Comparison> comparisons =
                    names.stream().map(name -> Comparison.of(results, name, row)).toList();
            if (comparisons.stream().anyMatch(c -> !c.ratios().isEmpty())) {
                text.append("| ").append(row.title());
                text.append(row.isMoreBetter() ? " | more" : " | less");
                comparisons.forEach(
                        c ->
                                text.append(" | ")
                                        .append(c.ratios().isEmpty() ? "" : c.ratios().text()));
                if (targets) {
                    text.append(" | ").append(verdict(row));
                }
                text.append(" |\n");
            }
        }
        return text.toString();
    }

    private String verdict(Row row) {
        Target target = row.target();
        return target == null
                ? ""
                : target.verdict(Comparison.of(results, Contestant.EVENKEEL, row));
    }
}

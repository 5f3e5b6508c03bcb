package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run found, as its file has it: lines {@code # NAME: VALUE} that say how it was measured, and a line of
 * comma-separated values for each figure. Not thread safe.
 */
final class Results {
    private static final String HEADER = "contestant,row,round,value";
    private static final String REFERENCE = "reference";
    private static final String FAILURE = "failure ";
    private static final String CONTESTANT = "contestant ";
    private static final String BULK_REFERENCE = "reference for bulk";

    private final Map<String, String> circumstances = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    /**
     * An empty one.
     *
     * @param reference the contestant that ratios are to
     * @param bulkReference the one that they are to in bulk rows
     */
    static Results startedWith(String reference, String bulkReference) {
        Results results = new Results();
        results.note(REFERENCE, reference);
        results.note(BULK_REFERENCE, bulkReference);
        return results;
    }

    /** Says something of how it was measured. */
    void note(String name, String value) {
        circumstances.put(name, value);
    }

    /** Such notes, in the order in which they were made. */
    Map<String, String> circumstances() {
        return Collections.unmodifiableMap(circumstances);
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    List<Figure> figures() {
        return Collections.unmodifiableList(figures);
    }

    /** The contestant that ratios of a row are to. */
    String reference(Row row) {
        return String.valueOf(circumstances.get(row.isBulk() ? BULK_REFERENCE : REFERENCE));
    }

    /** The names of the contestants, in the order in which they were named. */
    List<String> contestants() {
        return circumstances.keySet().stream()
                .filter(name -> name.startsWith(CONTESTANT))
                .map(name -> name.substring(CONTESTANT.length()))
                .toList();
    }

    /** How a contestant is started. */
    String command(String contestant) {
        return String.valueOf(circumstances.get(CONTESTANT + contestant));
    }

    /** What could not be measured, and why. */
    List<String> failures() {
        return circumstances.entrySet().stream()
                .filter(note -> note.getKey().startsWith(FAILURE))
                .map(Map.Entry::getValue)
                .toList();
    }

    void noteFailure(String what) {
        note(FAILURE + (failures().size() + 1), what);
    }

    /** Notes that a contestant takes part, and how it is started. */
    void noteContestant(String name, String command) {
        note(CONTESTANT + name, command);
    }

    /** What a contestant had in a row, by round. */
    Map<Integer, Double> values(String contestant, Row row) {
        Map<Integer, Double> values = new LinkedHashMap<>();
        for (Figure figure : figures) {
            if (figure.contestant().equals(contestant) && figure.row() == row) {
                values.put(figure.round(), figure.value());
            }
        }
        return values;
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        circumstances.forEach(
                (name, value) ->
                        text.append("# %s: %s%n".formatted(name, value.replaceAll("\\s+", " "))));
        text.append(HEADER).append('\n');
        for (Figure figure : figures) {
            text.append(
                    "%s,%s,%d,%s%n"
                            .formatted(
                                    figure.contestant(),
                                    figure.row().key(),
                                    figure.round(),
                                    rounded(figure.value())));
        }
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(absolute, text);
    }

    /** Six digits are more than any measurement has. */
    private static String rounded(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws SideBySideException if a line is something else; the message names it
     */
    static Results read(Path file) throws IOException {
        Results results = new Results();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            try {
                results.take(line);
            } catch (RuntimeException e) {
                throw new SideBySideException(
                        "%s:%d: this is no line of side-by-side: %s".formatted(file, number, line),
                        e);
            }
        }
        return results;
    }

    private void take(String line) {
        if (line.startsWith("# ")) {
            int colon = line.indexOf(": ");
            note(line.substring(2, colon), line.substring(colon + 2));
        } else if (!line.equals(HEADER)) {
            String[] fields = line.split(",");
            add(
                    new Figure(
                            fields[0],
                            Row.of(fields[1]),
                            Integer.parseInt(fields[2]),
                            Double.parseDouble(fields[3])));
        }
    }
}

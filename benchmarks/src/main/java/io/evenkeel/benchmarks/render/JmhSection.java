package io.evenkeel.benchmarks.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code benchmarks/jmh} has measured: the {@link JmhTables}, and a plot of some. */
final class JmhSection implements Section {
    private final JmhRun run;

    /**
     * Of a run.
     *
     * @throws IllegalArgumentException if there is a result that no table has
     */
    JmhSection(JmhRun run) {
        this.run = run;
        for (JmhResult result : run.results()) {
            if (JmhTables.ALL.stream().noneMatch(table -> table.has(result))) {
                throw new IllegalArgumentException(
                        "No table has %s.%s; add one to JmhTables."
                                .formatted(result.benchmark(), result.method()));
            }
        }
    }

    /**
     * Of what is in that file.
     *
     * @throws IOException if it cannot be read
     */
    static JmhSection read(Path file) throws IOException {
        return new JmhSection(JmhRun.read(file));
    }

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public String markdown() {
        List<String> parts = new ArrayList<>();
        parts.add("```\nbenchmarks/jmh && benchmarks/render\n```\n");
        parts.add(run.describe() + "\n");
        for (JmhTable table : JmhTables.ALL) {
            if (!table.of(run).isEmpty()) {
                parts.add(table.markdown(run));
            }
        }
        return String.join("\n", parts);
    }

    @Override
    public Map<String, String> images() {
        Map<String, String> images = new LinkedHashMap<>();
        for (JmhTable table : JmhTables.ALL) {
            if (table.image() != null && !table.of(run).isEmpty()) {
                images.put(table.image(), table.plot(run));
            }
        }
        return images;
    }
}

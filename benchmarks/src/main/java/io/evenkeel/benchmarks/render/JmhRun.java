package io.evenkeel.benchmarks.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code benchmarks/jmh} has written: JMH's own format, and the machine as properties of the measured JVMs.
 *
 * @param properties {@code evenkeel.*} without that beginning
 * @param java the JVM and its version
 * @param how the forks and iterations
 * @param quick whether they are too few for figures to quote
 */
record JmhRun(
        List<JmhResult> results,
        Map<String, String> properties,
        String java,
        String how,
        boolean quick) {
    private static final String PROPERTY = "-Devenkeel.";
    private static final double BUSY_PERCENT = 10;

    static JmhRun read(Path file) throws IOException {
        return of(Files.readString(file));
    }

    static JmhRun of(String json) {
        List<JmhResult> results = new ArrayList<>();
        JsonArray all = JsonParser.parseString(json).getAsJsonArray();
        for (JsonElement element : all) {
            results.add(JmhResult.of(element.getAsJsonObject()));
        }
        if (results.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no result; run benchmarks/jmh, which writes them.");
        }
        JsonObject first = all.get(0).getAsJsonObject();
        Map<String, String> properties = new LinkedHashMap<>();
        for (JsonElement argument : first.getAsJsonArray("jvmArgs")) {
            String text = argument.getAsString();
            if (text.startsWith(PROPERTY)) {
                String[] both = text.substring(PROPERTY.length()).split("=", 2);
                properties.put(both[0], both[1].replace('_', ' '));
            }
        }
        int forks = first.get("forks").getAsInt();
        String how =
                "%d iterations of %s, after %d of %s to warm up, in %s"
                        .formatted(
                                first.get("measurementIterations").getAsInt(),
                                first.get("measurementTime").getAsString(),
                                first.get("warmupIterations").getAsInt(),
                                first.get("warmupTime").getAsString(),
                                forks == 1 ? "one JVM" : "each of " + forks + " JVMs");
        String java =
                first.get("vmName").getAsString() + " " + first.get("jdkVersion").getAsString();
        return new JmhRun(
                List.copyOf(results),
                Map.copyOf(properties),
                java,
                how,
                forks < 2 || first.get("measurementIterations").getAsInt() < 5);
    }

    /** Where and how: sentences, each on a line. */
    String describe() {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "Measured on %s: %s, %s cores, Linux %s, %s; other work took %s %% of the cores just before."
                        .formatted(
                                property("date"),
                                property("processor"),
                                property("cores"),
                                property("kernel"),
                                java,
                                property("busy")));
        sentences.add("Each figure is the mean of " + how + ".");
        if (quick) {
            sentences.add("**That is a quick run: its times are good for orders of magnitude.**");
        }
        if (Double.parseDouble(property("busy")) > BUSY_PERCENT) {
            sentences.add("**The machine was busy, so the times are too long.**");
        }
        return String.join("\n", sentences);
    }

    private String property(String name) {
        String value = properties.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "The results do not say evenkeel." + name + "; benchmarks/jmh writes it.");
        }
        return value;
    }
}

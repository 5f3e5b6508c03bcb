package io.evenkeel.benchmarks.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What JMH has found out about one benchmark with one set of parameters.
 *
 * @param benchmark the class, without its package
 * @param method what it measures
 * @param params by name
 * @param nanos the mean time of an operation
 * @param errorNanos half of the interval in which the mean is with 99.9 %; NaN if there were too few iterations for one
 * @param allocatedBytes of an operation: the median of the iterations; NaN if it was not measured
 */
record JmhResult(
        String benchmark,
        String method,
        Map<String, String> params,
        double nanos,
        double errorNanos,
        double allocatedBytes) {
    /** JMH itself allocates less in an iteration, so less counts as nothing. */
    private static final double JMH_BYTES = 10 * 1024;

    private static final Map<String, Double> NANOS =
            Map.of("ns/op", 1.0, "us/op", 1e3, "ms/op", 1e6, "s/op", 1e9);

    static JmhResult of(JsonObject json) {
        String[] names = json.get("benchmark").getAsString().split("\\.");
        Map<String, String> params = new TreeMap<>();
        if (json.has("params")) {
            json.getAsJsonObject("params")
                    .asMap()
                    .forEach((name, value) -> params.put(name, value.getAsString()));
        }
        JsonObject time = json.getAsJsonObject("primaryMetric");
        String unit = time.get("scoreUnit").getAsString();
        Double factor = NANOS.get(unit);
        if (factor == null) {
            throw new IllegalArgumentException(
                    "Benchmark %s was measured in %s, not as the time of an operation."
                            .formatted(String.join(".", names), unit));
        }
        double nanos = factor * time.get("score").getAsDouble();
        return new JmhResult(
                names[names.length - 2],
                names[names.length - 1],
                Map.copyOf(params),
                nanos,
                factor * time.get("scoreError").getAsDouble(),
                allocated(json, nanos));
    }

    private static double allocated(JsonObject json, double nanos) {
        JsonObject norm =
                json.getAsJsonObject("secondaryMetrics").getAsJsonObject("gc.alloc.rate.norm");
        if (norm == null) {
            return Double.NaN;
        }
        List<Double> iterations = new ArrayList<>();
        for (JsonElement fork : norm.getAsJsonArray("rawData")) {
            for (JsonElement iteration : (JsonArray) fork) {
                iterations.add(iteration.getAsDouble());
            }
        }
        iterations.sort(null);
        // The last iteration of a fork has the end of JMH in it, which is why the mean says less.
        double bytes = iterations.get((iterations.size() - 1) / 2);
        double operations = iterationNanos(json) * json.get("threads").getAsInt() / nanos;
        return bytes * operations < JMH_BYTES ? 0 : bytes;
    }

    private static double iterationNanos(JsonObject json) {
        String[] time = json.get("measurementTime").getAsString().split(" ");
        return Double.parseDouble(time[0]) * NANOS.getOrDefault(time[1] + "/op", 1.0);
    }
}

package io.evenkeel.benchmarks.soak;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings as text. */
final class Report {
    private static final String ROW =
            "| %-30s | %9s | %9s | %9s | %9s | %-9s | %9s | %9s | %-10s |%n";

    private Report() {}

    /** For people, in Markdown, which terminals show as it is. */
    static String plain(Findings findings) {
        StringBuilder text = new StringBuilder(findings.heading()).append("\n\n");
        line(text, "", "2nd qu.", "last qu.", "at most", "allowed", "", "rest", "rest then", "");
        line(text, "---", "---", "---", "---", "---", "---", "---", "---", "---");
        for (Quantity quantity : Quantity.values()) {
            Verdict verdict = findings.verdict(quantity);
            line(
                    text,
                    quantity.title(),
                    figure(verdict.second()),
                    figure(verdict.last()),
                    figure(verdict.most()),
                    figure(quantity.bound(verdict.second())),
                    verdict,
                    figure(findings.before().get(quantity)),
                    figure(findings.after().get(quantity)),
                    rest(quantity, findings));
        }
        text.append(
                """

                2nd and last qu.: medians of the second and the last quarter of the time; allowed: the most that the latter may be.
                rest, rest then: without connections, before the load and after it.

                """);
        for (Map.Entry<String, Long> end : findings.ends().entrySet()) {
            text.append(String.format(Locale.ROOT, "%,12d  %s%n", end.getValue(), end.getKey()));
        }
        text.append(String.format(Locale.ROOT, "%,12d  FAILURES%n", findings.failed()));
        findings.failures().forEach(failure -> text.append("  ").append(failure).append('\n'));
        for (Mark.Kind kind : Mark.Kind.values()) {
            text.append(
                    String.format(Locale.ROOT, "%,12d  %s%n", findings.count(kind), kind.title()));
        }
        return text.toString();
    }

    private static String rest(Quantity quantity, Findings findings) {
        if (!findings.before().containsKey(quantity) || findings.after().isEmpty()) {
            return "not seen";
        }
        if (quantity.restBound(0) == Double.POSITIVE_INFINITY) {
            return "";
        }
        return findings.isBack(quantity) ? "back" : "NOT BACK";
    }

    /** For programs: a line for each sample, with a header. */
    static String csv(Findings findings) {
        StringBuilder text =
                new StringBuilder(
                        "seconds,heap_after_gc_bytes,resident_bytes,direct_bytes,non_heap_bytes,descriptors,"
                                + "threads,system_threads,live,sessions_done,bytes_done\n");
        for (Sample sample : findings.samples()) {
            text.append(String.format(Locale.ROOT, "%.1f", sample.seconds()));
            double[] values = {
                sample.heapBytes(),
                sample.residentBytes(),
                sample.directBytes(),
                sample.nonHeapBytes(),
                sample.descriptors(),
                sample.threads(),
                sample.systemThreads(),
                sample.live(),
                sample.done(),
                sample.bytes()
            };
            for (double value : values) {
                text.append(',');
                if (!Double.isNaN(value)) {
                    text.append((long) value);
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** For programs: what was done when. */
    static String marksCsv(Findings findings) {
        StringBuilder text = new StringBuilder("seconds,what\n");
        findings.marks()
                .forEach(
                        mark ->
                                text.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%.1f,%s%n",
                                                mark.seconds(),
                                                mark.kind().title())));
        return text.toString();
    }

    private static String figure(@Nullable Double value) {
        if (value == null || value.isNaN()) {
            return "-";
        }
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }

    private static void line(StringBuilder text, Object... values) {
        text.append(String.format(Locale.ROOT, ROW, values));
    }
}

package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SideBySideSectionTest {
    private static Results results() {
        Results results = Results.startedWith("haproxy", "haproxy-splice");
        results.note("date", "2026-11-27");
        results.note("machine", "2 cores of X, 24 GiB");
        for (String name : List.of("haproxy", "haproxy-splice", "evenkeel")) {
            results.noteContestant(name, name + " {}");
        }
        for (int round = 1; round <= 2; round++) {
            results.add(new Figure("haproxy", Row.KEPT_ALIVE_64, round, 40_000));
            results.add(new Figure("evenkeel", Row.KEPT_ALIVE_64, round, 40_000 + 8_000 * round));
            results.add(new Figure("haproxy-splice", Row.BULK_UP, round, 800));
            results.add(new Figure("evenkeel", Row.BULK_UP, round, 400));
            results.add(new Figure("evenkeel", Row.START, round, 0.9));
            results.add(new Figure("haproxy", Row.START, round, 0.05));
        }
        return results;
    }

    @Test
    void saysWhereHowAndWhatWasMeasured() {
        String markdown = SideBySideSection.of(results()).markdown();
        String expected =
                """
                ```
                benchmarks/side-by-side && benchmarks/render
                ```

                Measured on 2026-11-27:

                - machine: 2 cores of X, 24 GiB
                - `haproxy`: `haproxy {}`
                - `haproxy-splice`: `haproxy-splice {}`
                - `evenkeel`: `evenkeel {}`

                Medians of all rounds; `direct` is without a proxy.

                | | haproxy | haproxy-splice | evenkeel | direct |
                |---|---|---|---|---|
                | requests/s, 64 connections kept alive | 40,000 |  | 52,000 |  |
                | 1 GiB up, MiB/s |  | 800 | 400 |  |
                | start to first request, s | 0.05 |  | 0.90 |  |

                Ratios to `haproxy`, and for what is counted by the GiB to `haproxy-splice`, in the same round: the median, and in parentheses the lowest and the highest.

                | | better | haproxy | haproxy-splice | evenkeel | evenkeel's target |
                |---|---|---|---|---|---|
                | requests/s, 64 connections kept alive | more |  |  | 1.30 (1.20 to 1.40) | at least 1.20, reached |
                | 1 GiB up, MiB/s | more |  |  | 0.50 (0.50 to 0.50) | at least 1.50, **missed** |
                | start to first request, s | less |  |  | 18.00 (18.00 to 18.00) | the value at most 1.00, reached |

                ![Ratios to the reference](images/side-by-side-ratios.svg)

                """;
        assertEquals(expected + Method.TEXT, markdown);
    }

    @Test
    void saysWhenTheMachineWasBusyAndWhatFailed() {
        Results results = results();
        results.note(Machine.BUSY, "other programs were running");
        results.noteFailure("latency of evenkeel in round 1: A connection was closed.");
        String markdown = SideBySideSection.of(results).markdown();
        assertTrue(markdown.contains("**The machine was busy"), markdown);
        assertTrue(markdown.contains("\nNot measured: latency of evenkeel in round 1"), markdown);
    }

    @Test
    void plotsAreSvgAndOnlyOfWhatThereIs() throws Exception {
        Results results = results();
        assertEquals(1, SideBySideSection.of(results).images().size());
        Row[] latencies = {
            Row.LATENCY_P50, Row.LATENCY_P90, Row.LATENCY_P99, Row.LATENCY_P99_9, Row.LATENCY_P99_99
        };
        Stream.of("direct", "haproxy", "evenkeel")
                .forEach(
                        name -> {
                            for (int i = 0; i < latencies.length; i++) {
                                results.add(new Figure(name, latencies[i], 1, 50 * (i + 1)));
                            }
                        });
        Map<String, String> images = SideBySideSection.of(results).images();
        assertEquals(2, images.size());
        for (Map.Entry<String, String> image : images.entrySet()) {
            Document svg =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(image.getValue())));
            assertEquals("svg", svg.getDocumentElement().getNodeName());
            assertFalse(image.getValue().contains("NaN"), image.getKey());
            assertTrue(image.getValue().contains(">evenkeel<"), image.getKey());
        }
    }

    @Test
    void aRunWithoutFiguresHasNoPlots() {
        assertEquals(
                Map.of(), SideBySideSection.of(Results.startedWith("haproxy", "haproxy")).images());
    }
}

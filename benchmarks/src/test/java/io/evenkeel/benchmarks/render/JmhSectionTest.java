package io.evenkeel.benchmarks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class JmhSectionTest {
    /** As JMH 1.37 writes it, without what nobody reads here. */
    private static String result(
            String method, String params, String score, String error, String allocated) {
        return """
                {
                  "benchmark": "io.evenkeel.%s",
                  "threads": 1,
                  "forks": 2,
                  "jvmArgs": [
                    "-Xmx1g",
                    "-Devenkeel.cores=4",
                    "-Devenkeel.kernel=6.1.0",
                    "-Devenkeel.date=2026-11-27",
                    "-Devenkeel.busy=3",
                    "-Devenkeel.processor=AMD_EPYC"
                  ],
                  "jdkVersion": "17.0.15",
                  "vmName": "OpenJDK 64-Bit Server VM",
                  "warmupIterations": 3,
                  "warmupTime": "300 ms",
                  "measurementIterations": 5,
                  "measurementTime": "500 ms",
                  "params": {%s},
                  "primaryMetric": {"score": %s, "scoreError": %s, "scoreUnit": "us/op"},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": %s}}
                }
                """
                .formatted(method, params, score, error, allocated);
    }

    private static JmhSection section(String... results) {
        return new JmhSection(JmhRun.of("[" + String.join(",", results) + "]"));
    }

    private static String relay(String method, String way, String allocated) {
        return result(
                "lb.netty.RelayBenchmark." + method,
                "\"way\": \"" + way + "\"",
                "80.04",
                "5.6",
                allocated);
    }

    @Test
    void namesTheMachineTheRunTheCommandAndTheFigures() {
        JmhSection section =
                section(
                        relay("newConnection", "EPOLL", "[[3000, 3010], [2990, 90000]]"),
                        relay("roundTrip", "EPOLL", "[[0.7, 0.6], [0.8, 70]]"),
                        relay("roundTrip", "DIRECT", "[[0, 0], [0, 0]]"));
        assertEquals(
                """
                ```
                benchmarks/jmh && benchmarks/render
                ```

                Measured on 2026-11-27: AMD EPYC, 4 cores, Linux 6.1.0, OpenJDK 64-Bit Server VM 17.0.15; other work took 3 % of the cores just before.
                Each figure is the mean of 5 iterations of 500 ms, after 3 of 300 ms to warm up, in each of 2 JVMs.

                ### The relay over loopback

                ```
                benchmarks/jmh RelayBenchmark
                ```

                A client, the proxy with one event loop and a server that sends back what it gets, all in one JVM.
                The first line has no proxy: it is what the client, the server and the kernel take. What all threads allocate counts.
                With io_uring, Netty's loop makes an object of what the kernel reports, which the compiler does not always avoid.

                | | 64 bytes there and back | a new connection for it |
                |---|---|---|
                | no proxy | 80 ± 6 µs, 0 B |  |
                | epoll | 80 ± 6 µs, 0 B | 80 ± 6 µs, 3000 B |

                ![The relay over loopback](images/relay.svg)
                """,
                section.markdown());
    }

    @Test
    void ofWhatIsAllocatedTheMedianCountsAndNotWhatJmhAllocates() {
        // 6247 operations in an iteration: a byte of each is less than JMH's 10 KiB, two are more.
        assertEquals(0, only("[[1, 1, 1], [9000, 0, 9000]]").allocatedBytes());
        assertEquals(2, only("[[2, 2, 2], [9000, 1, 9000]]").allocatedBytes());
        assertEquals(3, only("[[9000, 3]]").allocatedBytes());
    }

    private static JmhResult only(String allocated) {
        return JmhRun.of("[" + relay("roundTrip", "NIO", allocated) + "]").results().get(0);
    }

    @Test
    void whereNothingIsAllocatedASentenceSaysSoInThePlaceOfTheFigures() {
        String markdown =
                section(
                                result(
                                        "benchmarks.RoutingBenchmark.decide",
                                        "\"kind\": \"SNI\", \"rules\": \"10000\"",
                                        "0.0921",
                                        "\"NaN\"",
                                        "[[0.001]]"))
                        .markdown();
        assertTrue(markdown.contains(" Nothing is allocated.\n"), markdown);
        assertTrue(markdown.contains("| the name in the ClientHello | 92 ns |\n"), markdown);
    }

    @Test
    void aBusyMachineAndAQuickRunAreSaid() {
        String json =
                relay("roundTrip", "NIO", "[[0]]")
                        .replace("busy=3", "busy=11")
                        .replace("\"forks\": 2", "\"forks\": 1");
        String description = JmhRun.of("[" + json + "]").describe();
        assertEquals(
                List.of(
                        "Each figure is the mean of 5 iterations of 500 ms, after 3 of 300 ms to warm up, in one JVM.",
                        "**That is a quick run: its times are good for orders of magnitude.**",
                        "**The machine was busy, so the times are too long.**"),
                description.lines().skip(1).toList());
    }

    @Test
    void aResultThatNoTableHasIsRefused() {
        String json = result("benchmarks.NewBenchmark.measure", "", "1", "1", "[[0]]");
        assertEquals(
                "No table has NewBenchmark.measure; add one to JmhTables.",
                assertThrows(IllegalArgumentException.class, () -> section(json)).getMessage());
    }

    @Test
    void aPlotHasADotForEachFigureAndABarForItsError() throws Exception {
        Map<String, String> images =
                section(relay("roundTrip", "EPOLL", "[[0]]"), relay("roundTrip", "NIO", "[[0]]"))
                        .images();
        assertEquals(List.of("relay.svg"), List.copyOf(images.keySet()));
        Document svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new InputSource(
                                        new StringReader(images.getOrDefault("relay.svg", ""))));
        assertEquals(2, svg.getElementsByTagName("circle").getLength());
        String text = svg.getDocumentElement().getTextContent();
        assertTrue(text.contains("epoll") && text.contains("100 µs"), text);
    }
}

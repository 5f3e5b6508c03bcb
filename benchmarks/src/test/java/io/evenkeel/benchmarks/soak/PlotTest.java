package io.evenkeel.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PlotTest {
    private static Document plot(List<Sample> samples, List<Mark> marks) throws Exception {
        Findings findings =
                new Findings("", samples, marks, Map.of(), Map.of(), Map.of(), List.of(), 0);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Plot.of(findings))));
    }

    private static String[] points(Document svg, int panel) {
        Element line = (Element) svg.getElementsByTagName("polyline").item(panel);
        return line.getAttribute("points").strip().split("\\s+");
    }

    @Test
    void hasAPanelForEachQuantityAndOneForSessions() throws Exception {
        Document svg = plot(Samples.withDescriptors(minute -> 100), List.of());
        assertEquals(
                Quantity.values().length + 1, svg.getElementsByTagName("polyline").getLength());
        assertEquals(61, points(svg, Quantity.DESCRIPTORS.ordinal()).length);
        assertEquals(21, points(svg, Quantity.HEAP.ordinal()).length);
        assertEquals(60, points(svg, Quantity.values().length).length);
    }

    @Test
    void whatIsAlwaysTheSameIsALevelLine() throws Exception {
        String[] points = points(plot(Samples.withDescriptors(m -> 100), List.of()), 3);
        assertEquals(points[0].split(",")[1], points[60].split(",")[1]);
    }

    @Test
    void marksAreCountedInTheLegend() throws Exception {
        List<Mark> marks =
                List.of(
                        new Mark(10, Mark.Kind.FLAP),
                        new Mark(20, Mark.Kind.FLAP),
                        new Mark(30, Mark.Kind.RELOAD));
        String text =
                plot(Samples.withDescriptors(m -> 100), marks)
                        .getDocumentElement()
                        .getTextContent();
        assertEquals(true, text.contains("server flaps (2)"), text);
        assertEquals(true, text.contains("configuration changes (1)"), text);
    }

    @Test
    void withoutASampleItIsEmptyAndWellFormed() throws Exception {
        assertEquals(6, plot(List.of(), List.of()).getElementsByTagName("polyline").getLength());
    }
}

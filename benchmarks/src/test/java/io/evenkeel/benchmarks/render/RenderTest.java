package io.evenkeel.benchmarks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderTest {
    private static final Path HOME = Path.of("..");

    @Test
    void theDocumentAndItsImagesAreWhatTheCommittedResultsRenderTo() throws IOException {
        for (Map.Entry<Path, String> file : Render.files(HOME, Render.sections(HOME)).entrySet()) {
            assertEquals(
                    file.getValue(),
                    Files.readString(file.getKey()),
                    () ->
                            file.getKey()
                                    + " is not rendered from the results; run benchmarks/render");
        }
    }

    @Test
    void theSameResultsRenderToTheSame() throws IOException {
        assertEquals(
                Render.files(HOME, Render.sections(HOME)),
                Render.files(HOME, Render.sections(HOME)));
    }

    @Test
    void aSectionStandsBetweenItsMarkersAndItsImagesBesideTheDocument(@TempDir Path home)
            throws IOException {
        Path document = home.resolve("docs/performance.md");
        Files.createDirectories(document.getParent());
        Files.writeString(document, "before\n<!-- x: begin -->\nold\n<!-- x: end -->\nafter\n");
        Section section =
                new Section() {
                    @Override
                    public String name() {
                        return "x";
                    }

                    @Override
                    public String markdown() {
                        return "new\n";
                    }

                    @Override
                    public Map<String, String> images() {
                        return Map.of("x.svg", "<svg/>");
                    }
                };
        assertEquals(
                Map.of(
                        document,
                        "before\n<!-- x: begin -->\n\nnew\n\n<!-- x: end -->\nafter\n",
                        home.resolve("docs/images/x.svg"),
                        "<svg/>"),
                Render.files(home, List.of(section)));
    }
}

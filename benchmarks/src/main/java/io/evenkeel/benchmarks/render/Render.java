package io.evenkeel.benchmarks.render;

import io.evenkeel.benchmarks.sidebyside.SideBySideSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the committed results into {@code docs/performance.md} and its plots into {@code docs/images}. */
final class Render {
    private static final Path RESULTS = Path.of("benchmarks", "results");
    private static final Path DOCUMENT = Path.of("docs", "performance.md");
    private static final Path IMAGES = Path.of("docs", "images");

    private Render() {}

    /** The argument is the project's directory. */
    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        for (Map.Entry<Path, String> file : files(home, sections(home)).entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
            System.out.println(file.getKey());
        }
    }

    /** All that there are, of the results below that directory. */
    static List<Section> sections(Path home) throws IOException {
        Path results = home.resolve(RESULTS);
        return List.of(
                SideBySideSection.read(results.resolve("side-by-side.csv")),
                JmhSection.read(results.resolve("jmh.json")));
    }

    /** What the document and the images are to be. */
    static Map<Path, String> files(Path home, List<Section> sections) throws IOException {
        Path document = home.resolve(DOCUMENT);
        MarkedText text = new MarkedText(Files.readString(document));
        Map<Path, String> files = new LinkedHashMap<>();
        for (Section section : sections) {
            text = text.with(section.name(), section.markdown());
            section.images()
                    .forEach((name, svg) -> files.put(home.resolve(IMAGES).resolve(name), svg));
        }
        files.put(document, text.text());
        return files;
    }
}

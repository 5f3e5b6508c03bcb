package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files as people have them, and what is said about each: {@code accepted} and the warnings, or {@code
 * refused} and the problems. {@code -Devenkeel.golden=write} writes what is said into {@code
 * expected.txt} instead of comparing it, for a look at the difference.
 */
class CorpusTest {
    private static final Path EXPECTED = TestFiles.CORPUS.resolve("expected.txt");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PG_HOST_1", "patroni1", "PG_HOST_2", "patroni2");

    static List<Path> files() {
        return TestFiles.corpus();
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhatIsExpected(Path file) throws IOException {
        if (!isWriting()) {
            String name = String.valueOf(file.getFileName());
            assertEquals(expected().get(name), said(file));
        }
    }

    @Test
    void everyExpectationHasItsFile() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : files()) {
            names.add(String.valueOf(file.getFileName()));
        }
        if (isWriting()) {
            StringBuilder text = new StringBuilder();
            for (Path file : files()) {
                text.append("=== ").append(file.getFileName()).append('\n').append(said(file));
            }
            Files.writeString(EXPECTED, text);
        }
        assertEquals(names, List.copyOf(expected().keySet()));
    }

    private static boolean isWriting() {
        return "write".equals(System.getProperty("evenkeel.golden"));
    }

    private static Map<String, String> expected() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (String block : Files.readString(EXPECTED).split("(?m)^=== ")) {
            int title = block.indexOf('\n');
            if (title > 0) {
                expected.put(block.substring(0, title), block.substring(title + 1));
            }
        }
        return expected;
    }

    private static String said(Path file) {
        List<String> lines = new ArrayList<>();
        try {
            HaproxyConfig config =
                    HaproxyConfigReader.read("f", TestFiles.text(file), ENVIRONMENT::get);
            lines.add("accepted");
            lines.addAll(TestFiles.lines(config.warnings()));
        } catch (ConfigException refused) {
            lines.add("refused");
            lines.addAll(TestFiles.lines(refused.problems()));
        }
        return String.join("\n", lines) + "\n\n";
    }
}

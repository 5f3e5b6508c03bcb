package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document that says which test holds which case is itself held to it. */
class BalancingCasesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "balancing-cases.md");
    private static final List<Path> SOURCES =
            List.of(
                    Path.of("src/test/java/io/evenkeel/lb"),
                    Path.of("src/test/java/io/evenkeel/lb/peers"),
                    Path.of("../lb-netty/src/test/java/io/evenkeel/lb/netty"),
                    Path.of("../examples/src/test/java/io/evenkeel/examples/it"),
                    Path.of("../benchmarks/src/test/java/io/evenkeel/benchmarks/queueing"),
                    Path.of("../benchmarks/src/test/java/io/evenkeel/benchmarks/soak"));
    private static final Pattern ROW = Pattern.compile("\\| ([0-9]+) \\| [^|]+ \\| (.+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final int CASES = 83;

    @Test
    void everyCaseNamesTestsThatExist() throws IOException {
        List<String> rows =
                Files.readAllLines(DOCUMENT).stream()
                        .filter(line -> line.matches("\\| [0-9].*"))
                        .toList();
        Set<String> numbers = new HashSet<>();
        for (String row : rows) {
            Matcher cells = ROW.matcher(row);
            assertTrue(cells.matches(), row);
            assertTrue(numbers.add(cells.group(1)), row);
            Matcher tests = TEST.matcher(cells.group(2));
            int named = 0;
            while (tests.find()) {
                named++;
                assertExists(tests.group(1), tests.group(2));
            }
            assertTrue(named > 0, row);
        }
        assertEquals(CASES, numbers.size());
    }

    private static void assertExists(String test, String method) throws IOException {
        Path source =
                SOURCES.stream()
                        .map(directory -> directory.resolve(test + ".java"))
                        .filter(Files::exists)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("There is no " + test));
        assertTrue(
                Files.readString(source).contains("void " + method + "("),
                "There is no " + method + " in " + source);
    }
}

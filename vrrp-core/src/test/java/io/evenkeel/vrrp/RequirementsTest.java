package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The documents that say which test holds which requirement are themselves held to it: every row names
 * tests that exist, or a deviation, and no row gets lost.
 */
class RequirementsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern REFERENCE = Pattern.compile("`([^`]+)`");

    /** How many rules each section of RFC 9568 has, with its errata; counted in the RFC. */
    private static final Map<String, Integer> RULES =
            Map.ofEntries(
                    Map.entry("2.5", 1),
                    Map.entry("5.1.1", 6),
                    Map.entry("5.1.2", 6),
                    Map.entry("5.2", 15),
                    Map.entry("6.1", 5),
                    Map.entry("6.4.1", 3),
                    Map.entry("6.4.2", 10),
                    Map.entry("6.4.3", 11),
                    Map.entry("7.1", 14),
                    Map.entry("7.2", 4),
                    Map.entry("7.3", 1),
                    Map.entry("7.4", 1),
                    Map.entry("8.1", 5),
                    Map.entry("8.2", 6),
                    Map.entry("8.3", 3),
                    Map.entry("8.4", 1),
                    Map.entry("9", 1));

    private static final int CASES = 96;

    private final List<String> titles = titles();
    private final Map<String, String> sources = sources();

    @Test
    void everyRequirementOfTheRfcHasItsTestsOrItsDeviation() throws IOException {
        Map<String, Integer> rules = new HashMap<>();
        for (List<String> row : rows("rfc9568.md")) {
            String id = row.get(0);
            String section = id.substring(0, id.lastIndexOf('-'));
            int number = rules.merge(section, 1, Integer::sum);
            assertEquals(section + "-" + number, id, "the rows are in order");
            if (row.get(3).startsWith("deviation: ")) {
                assertTrue(row.get(3).length() > 20, id + " says why");
            } else {
                assertExist(id + ", at work", row.get(3));
                assertExist(id + ", where it ends", row.get(4));
            }
        }
        assertEquals(RULES, rules);
    }

    @Test
    void everyCaseHasItsTests() throws IOException {
        Map<String, String> cases = new LinkedHashMap<>();
        for (List<String> row : rows("conformance.md")) {
            assertExist("case " + row.get(0), row.get(2));
            assertEquals(null, cases.put(row.get(0), row.get(2)), "case " + row.get(0));
        }
        assertEquals(CASES, cases.size());
    }

    @Test
    void everyNumberInAStorysTitleIsThatOfACaseThatNamesIt() throws IOException {
        Map<String, String> cases = new HashMap<>();
        for (List<String> row : rows("conformance.md")) {
            cases.put(row.get(0), row.get(2));
        }
        for (String title : titles) {
            Matcher numbers = Pattern.compile("^([0-9, ]+)\\. ").matcher(title);
            if (!numbers.find()) {
                continue;
            }
            for (String number : numbers.group(1).split(", ")) {
                String tests = cases.get(number);
                assertTrue(tests != null, "There is no case " + number + ": " + title);
                assertTrue(
                        references(tests).stream().anyMatch(each -> isStory(each, title)),
                        "Case " + number + " does not name the story: " + title);
            }
        }
    }

    private void assertExist(String what, String references) {
        List<String> named = references(references);
        assertTrue(!named.isEmpty(), what + ": no test is named");
        for (String name : named) {
            boolean exists =
                    name.startsWith("story: ")
                            ? titles.stream().anyMatch(title -> isStory(name, title))
                            : isTest(name);
            assertTrue(exists, what + ": there is no " + name);
        }
    }

    private static boolean isStory(String reference, String title) {
        return reference.startsWith("story: ")
                && title.startsWith(reference.substring("story: ".length()));
    }

    private boolean isTest(String name) {
        String[] parts = name.split("\\.");
        String source = sources.get(parts[0]);
        return parts.length == 2 && source != null && source.contains("void " + parts[1] + "(");
    }

    private static List<String> references(String text) {
        List<String> references = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            references.add(matcher.group(1));
        }
        return references;
    }

    /** The cells of each row of the document's tables, their headings aside. */
    private static List<List<String>> rows(String document) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs").resolve(document))) {
            boolean row = line.matches("\\| [0-9].*");
            if (row) {
                rows.add(Stream.of(line.substring(1).split("\\|", -1)).map(String::trim).toList());
            }
        }
        return rows;
    }

    private static List<String> titles() {
        List<String> titles = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "stories"))) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("= ")) {
                        titles.add(line.substring(2));
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError("The stories cannot be read.", e);
        }
        return titles;
    }

    /** The tests of all modules by the name of their class. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT, 12)) {
            for (Path file : files.filter(RequirementsTest::isTestSource).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.put(name, Files.readString(file));
            }
        } catch (IOException e) {
            throw new AssertionError("The tests cannot be read.", e);
        }
        return sources;
    }

    private static boolean isTestSource(Path file) {
        String path = file.toString();
        return path.contains("/src/test/java/")
                && (path.endsWith("Test.java") || path.endsWith("IT.java"));
    }
}

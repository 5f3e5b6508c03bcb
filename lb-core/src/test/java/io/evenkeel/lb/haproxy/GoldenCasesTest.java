package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every refusal and every warning, word for word. {@code -Devenkeel.golden=write} writes what is said
 * into the files instead of comparing it, for a look at the difference.
 */
class GoldenCasesTest {
    static List<TestFiles.Case> refusals() {
        return TestFiles.cases("refusals.txt");
    }

    static List<TestFiles.Case> warnings() {
        return TestFiles.cases("warnings.txt");
    }

    @BeforeAll
    static void write() throws IOException {
        if ("write".equals(System.getProperty("evenkeel.golden"))) {
            TestFiles.write("refusals.txt", GoldenCasesTest::said);
            TestFiles.write("warnings.txt", GoldenCasesTest::said);
        }
    }

    /** The problems of a file, or its warnings if it has none. */
    private static List<String> said(String file) {
        try {
            return TestFiles.lines(HaproxyConfigReader.read("haproxy.cfg", file).warnings());
        } catch (ConfigException refused) {
            return TestFiles.lines(refused.problems());
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithEveryProblemAndItsLine(TestFiles.Case refused) {
        ConfigException exception =
                assertThrows(
                        ConfigException.class,
                        () -> HaproxyConfigReader.read("haproxy.cfg", refused.file()));
        assertEquals(
                String.join("\n", refused.expected()),
                String.join("\n", TestFiles.lines(exception.problems())));
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void acceptsWithTheWarnings(TestFiles.Case accepted) {
        HaproxyConfig config = HaproxyConfigReader.read("haproxy.cfg", accepted.file());
        assertEquals(
                String.join("\n", accepted.expected()),
                String.join("\n", TestFiles.lines(config.warnings())));
    }

    @Test
    void aVeryLongLineIsReadAndQuotedInPart() {
        String name = "x".repeat(1_000_000);
        ConfigException exception =
                assertThrows(
                        ConfigException.class,
                        () ->
                                HaproxyConfigReader.read(
                                        "f",
                                        "global\n    description "
                                                + name
                                                + "\n    "
                                                + name
                                                + "\n"));
        assertEquals(
                List.of("3: unknown keyword '" + name.substring(0, 60) + "...' in global"),
                TestFiles.lines(exception.problems()));
    }

    @Test
    void aProblemNamesFileAndLine() {
        ConfigException exception =
                assertThrows(
                        ConfigException.class,
                        () -> HaproxyConfigReader.read("/etc/haproxy.cfg", "\nfoo\n"));
        assertTrue(
                exception.getMessage().startsWith("/etc/haproxy.cfg:2: "), exception.getMessage());
    }
}

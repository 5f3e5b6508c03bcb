package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden table of refusals: refusals.txt holds configurations and the problems found in them. */
class RefusalsTest {
    private static final String FILE = "refusals.txt";

    record Case(String name, String text, String problems) {
        String found() {
            ConfigException refusal =
                    assertThrows(
                            ConfigException.class,
                            () ->
                                    KeepalivedConfigReader.read(
                                            "keepalived.conf", text.replace('␀', '\0')));
            return refusal.problems().stream()
                    .map(problem -> problem.line() + ": " + problem.message() + "\n")
                    .collect(Collectors.joining());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        String[] sections = Resources.text(FILE).split("(?m)^=== ");
        for (int i = 1; i < sections.length; i++) {
            String section = sections[i];
            int endOfName = section.indexOf('\n');
            int separator = section.indexOf("\n---\n", endOfName);
            cases.add(
                    new Case(
                            section.substring(0, endOfName),
                            section.substring(endOfName + 1, separator + 1),
                            section.substring(separator + "\n---\n".length()).strip() + "\n"));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyProblemIsReportedAtItsLine(Case refused) {
        if (!Resources.isRewriting()) {
            assertEquals(refused.problems(), refused.found());
        }
    }

    @Test
    void goldenFileIsWrittenAnewOnDemand() throws IOException {
        String preamble = Resources.text(FILE).split("(?m)^=== ", 2)[0];
        String written =
                cases().map(c -> "=== " + c.name() + "\n" + c.text() + "---\n" + c.found() + "\n")
                        .collect(Collectors.joining("", preamble, ""));
        if (Resources.isRewriting()) {
            Files.writeString(Resources.source(FILE), written);
        }
        assertTrue(written.startsWith(preamble));
    }
}

package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.haproxy.Keyword.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the documentation says what the reader does, and the reader does what it says. */
class CompatibilityTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "haproxy-compatibility.md");
    private static final String START = "<!-- table: start -->\n";
    private static final String END = "<!-- table: end -->";
    private static final List<KeywordTable> PROXY_AND_GLOBAL =
            List.of(GlobalKeywords.TABLE, ProxyKeywords.TABLE);

    /** {@code -Devenkeel.docs=write} writes the table instead of comparing it. */
    @Test
    void theDocumentHasTheReadersKeywords() throws IOException {
        String document = Files.readString(DOCUMENT);
        int start = document.indexOf(START) + START.length();
        int end = document.indexOf(END);
        if ("write".equals(System.getProperty("evenkeel.docs"))) {
            Files.writeString(
                    DOCUMENT, document.substring(0, start) + table() + document.substring(end));
        } else {
            assertEquals(table(), document.substring(start, end));
        }
    }

    @Test
    void everyKeywordThatIsSupportedIsCarriedOut() {
        for (KeywordTable table : PROXY_AND_GLOBAL) {
            for (Keyword keyword : table.keywords()) {
                for (Section section : keyword.sections()) {
                    keyword.names().forEach(name -> assertAnswered(section, name, keyword));
                }
            }
        }
    }

    @Test
    void everyWordOfAServerOrBindLineIsAnswered() {
        for (String name : ServerKeywords.TABLE.names()) {
            assertAnswer("listen l\n bind :80\n server s 192.0.2.1:80 " + name + " 1 \n", name);
        }
        for (String name : BindKeywords.TABLE.names()) {
            assertAnswer("listen l\n bind :80 " + name + " 1\n", name);
        }
    }

    /** Nothing that HAProxy 2.6 has is called unknown, whether by its first word or by two. */
    @Test
    void everyKeywordOfHaproxyIsInATable() {
        Map<String, KeywordTable> tables =
                Map.of(
                        "section", SectionKeywords.TABLE,
                        "global", GlobalKeywords.TABLE,
                        "proxy", ProxyKeywords.TABLE,
                        "bind", BindKeywords.TABLE,
                        "server", ServerKeywords.TABLE,
                        "resolvers", ResolversKeywords.TABLE);
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (String block : TestFiles.read("keywords-2.6.txt").split("(?m)^\\[")) {
            String place = block.substring(0, Math.max(0, block.indexOf(']')));
            KeywordTable table = tables.get(place);
            if (table == null) {
                continue;
            }
            for (String name : block.substring(place.length() + 1).strip().lines().toList()) {
                String first = name.split(" ")[0];
                boolean known =
                        table.get(name) != null
                                || table.get(first) != null
                                || (place.equals("global") || name.equals(first))
                                        && table.isFirstWord(first);
                found++;
                if (!known) {
                    missing.add(place + ": " + name);
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(found > 500, found + " keywords read");
    }

    @Test
    void everyCriterionOfAConditionIsAnswered() {
        for (Keyword keyword : FetchKeywords.TABLE.keywords()) {
            for (String name : keyword.names()) {
                String argument = name.contains("hdr") ? "(host)" : "";
                List<String> told =
                        assertAnswer("frontend f\n acl a " + name + argument + " 1\n", name);
                assertEquals(
                        keyword.support() == Support.REFUSED,
                        told.stream()
                                .anyMatch(m -> m.startsWith("'" + name + "' is not supported")),
                        name);
            }
        }
    }

    private static void assertAnswered(Section section, String name, Keyword keyword) {
        String opening = section.keyword() + (section.isProxy() ? " x\n " : "\n ");
        List<String> told = assertAnswer(opening + name + "\n", name);
        boolean noEffect =
                told.stream().anyMatch(m -> m.startsWith("'" + name + "' has no effect"));
        boolean refused =
                told.stream().anyMatch(m -> m.startsWith("'" + name + "' is not supported"));
        assertEquals(keyword.support() == Support.IGNORED, noEffect, name);
        assertEquals(keyword.support() == Support.REFUSED, refused, name);
    }

    /** What is said about a file; that a word is unknown must not be among it. */
    private static List<String> assertAnswer(String file, String name) {
        Report report = new Report("f");
        assertDoesNotThrow(
                () -> HaproxyConfigReader.read(report, file, variable -> null, f -> null), name);
        List<String> told =
                Stream.concat(report.problems().stream(), report.warnings().stream())
                        .map(ConfigProblem::message)
                        .toList();
        assertEquals(
                List.of(),
                told.stream()
                        .filter(m -> m.startsWith("unknown") && !m.contains("word '1'"))
                        .toList(),
                name);
        return told;
    }

    private static String table() {
        StringBuilder out = new StringBuilder();
        append(out, "Sections", SectionKeywords.TABLE);
        append(out, "global", GlobalKeywords.TABLE);
        append(out, "defaults, frontend, listen, backend", ProxyKeywords.TABLE);
        append(out, "bind lines, after the address", BindKeywords.TABLE);
        append(out, "server and default-server lines", ServerKeywords.TABLE);
        append(out, "resolvers", ResolversKeywords.TABLE);
        append(out, "peers", PeersKeywords.TABLE);
        append(out, "udp-lb", UdpKeywords.TABLE);
        append(out, "what conditions may look at", FetchKeywords.TABLE);
        return out.toString();
    }

    private static void append(StringBuilder out, String title, KeywordTable table) {
        out.append("\n### ").append(title).append("\n\n");
        out.append("| keyword | where | support | meaning, or what differs |\n|---|---|---|---|\n");
        for (Keyword keyword : table.keywords()) {
            String names =
                    keyword.names().stream()
                            .map(name -> "`" + name + "`")
                            .collect(Collectors.joining(", "));
            String where =
                    keyword.sections().isEmpty()
                            ? table == FetchKeywords.TABLE ? "condition" : "file"
                            : keyword.sections().stream()
                                    .sorted()
                                    .map(Section::keyword)
                                    .collect(Collectors.joining(", "));
            String support = keyword.support().name().toLowerCase(Locale.ROOT);
            out.append("| ").append(names).append(" | ").append(where).append(" | ");
            out.append(support).append(" | ").append(keyword.note().replace("|", "\\|"));
            out.append(" |\n");
        }
        out.append('\n');
    }
}

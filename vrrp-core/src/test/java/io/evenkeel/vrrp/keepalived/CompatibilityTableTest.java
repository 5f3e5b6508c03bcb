package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/keepalived-compatibility.md says what the reader does, word by word. */
class CompatibilityTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "keepalived-compatibility.md");
    private static final String START = "<!-- table: ";
    private static final String END = "<!-- end of table -->\n";

    static List<Vocabulary> vocabularies() {
        return Vocabularies.ALL;
    }

    static Stream<Directive> supportedInInstances() {
        return InstanceVocabulary.INSTANCE.directives().stream()
                .filter(d -> d.support() == Directive.Support.SUPPORTED);
    }

    @ParameterizedTest
    @MethodSource("vocabularies")
    void documentHoldsTheTable(Vocabulary vocabulary) throws IOException {
        if (Resources.isRewriting()) {
            Files.writeString(DOCUMENT, replaceTable(Files.readString(DOCUMENT), vocabulary));
        }
        String document = Files.readString(DOCUMENT);
        assertEquals(document, replaceTable(document, vocabulary));
    }

    @ParameterizedTest
    @MethodSource("vocabularies")
    void everyWordSaysWhatItMeans(Vocabulary vocabulary) {
        for (Directive directive : vocabulary.directives()) {
            assertFalse(directive.note().isBlank(), directive.name());
            assertTrue(vocabulary.find(directive.name()) == directive, directive.name());
        }
    }

    /** No word of keepalived's is merely unknown: each is supported, ignored or refused where it stands. */
    @ParameterizedTest
    @MethodSource("vocabularies")
    void everyDirectiveOfTheManualIsKnown(Vocabulary vocabulary) {
        String[] words =
                Resources.text("directives.txt").split("(?m)^" + vocabulary.block() + ":$");
        assertEquals(2, words.length, "directives.txt has no words for " + vocabulary.block());
        for (String word : words[1].split("\n\n")[0].strip().split("\\s+")) {
            assertTrue(vocabulary.find(word) != null, word + " of " + vocabulary.block());
        }
    }

    private static String replaceTable(String document, Vocabulary vocabulary) {
        String marker = START + vocabulary.block() + " -->\n";
        int start = document.indexOf(marker);
        assertTrue(start >= 0, "the document has no table for " + vocabulary.block());
        int from = start + marker.length();
        return document.substring(0, from)
                + table(vocabulary)
                + document.substring(document.indexOf(END, from));
    }

    private static String table(Vocabulary vocabulary) {
        return vocabulary.directives().stream()
                .map(
                        d ->
                                "| `"
                                        + d.name()
                                        + "` | "
                                        + d.support().label()
                                        + " | "
                                        + sentence(d.note())
                                        + " |\n")
                .collect(
                        Collectors.joining(
                                "",
                                "\n| directive | support | meaning or difference |\n|---|---|---|\n",
                                "\n"));
    }

    private static String sentence(String note) {
        String start =
                note.startsWith("`")
                        ? note
                        : Character.toUpperCase(note.charAt(0)) + note.substring(1);
        return start.endsWith(".") ? start : start + ".";
    }

    /** A word that the table calls supported must not end in the reader's own complaint. */
    @ParameterizedTest
    @MethodSource("supportedInInstances")
    void everySupportedWordHasAReader(Directive directive) {
        String value =
                directive.form().hasValue() ? " 3" : directive.form().hasBlock() ? " {\n}" : "";
        String text = "vrrp_instance A {\n" + directive.name() + value + "\n}\n";
        try {
            KeepalivedConfigReader.read("a.conf", text);
        } catch (ConfigException e) {
            for (ConfigProblem problem : e.problems()) {
                assertFalse(problem.message().contains("does not support"), problem::toString);
            }
        }
    }

    @Test
    void nearWordsAreSuggestedAndFarOnesAreNot() {
        assertEquals("priority", InstanceVocabulary.INSTANCE.nearest("prioirty"));
        assertEquals("virtual_router_id", InstanceVocabulary.INSTANCE.nearest("virtual_routerid"));
        assertEquals(null, InstanceVocabulary.INSTANCE.nearest("xyz"));
    }
}

package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file, it is read or refused with lines; nothing else happens. */
class MutatedFilesTest {
    private static final int FILES = 50_000;
    private static final long SEED = 0x5eed_0009L;

    private final List<String> words =
            new ArrayList<>(List.of("{", "}", "\"", "'", "\\", "$", "@", "~", "#", "\0", "\n"));

    @Test
    void mutatedFilesAreReadOrRefused() {
        String everything = Resources.text("files/everything.conf");
        String kubernetes = Resources.text("files/kubernetes.conf");
        String node = Resources.text("files/three-nodes-1.conf");
        // The short files find as much per byte, and bytes are what this test spends its time on.
        List<String> originals = List.of(everything, kubernetes, kubernetes, node, node, node);
        words.addAll(
                List.of(
                        "255",
                        "-1",
                        "0",
                        "1e9",
                        "99999999999",
                        "0.01",
                        "192.0.2.1/24",
                        "::1",
                        "\u00e9",
                        "MASTER"));
        Vocabularies.ALL.forEach(v -> v.directives().forEach(d -> words.add(d.name())));
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            Random random = new Random(SEED + i);
            String text = mutate(originals.get(random.nextInt(originals.size())), random);
            try {
                byte[] bytes =
                        text.getBytes(
                                i % 2 == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
                KeepalivedConfigReader.read("fuzz", bytes);
            } catch (ConfigException e) {
                refused++;
                assertHasLinesOf(text, e);
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + (SEED + i) + " made the reader fail on:\n" + text, e);
            }
        }
        assertTrue(
                refused > FILES / 4 && refused < FILES,
                refused + " of " + FILES + " files were refused");
    }

    private static void assertHasLinesOf(String text, ConfigException e) {
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        assertFalse(e.problems().isEmpty());
        for (ConfigProblem problem : e.problems()) {
            assertTrue(
                    problem.line() >= 1 && problem.line() <= lines,
                    () -> problem + " is beyond the file\n" + text);
            assertFalse(problem.message().isBlank());
        }
    }

    private String mutate(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        int mutations = 1 + random.nextInt(6);
        for (int i = 0; i < mutations && text.length() > 0; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(256));
                case 2 -> text.insert(at, words.get(random.nextInt(words.size())));
                case 3 -> text.insert(at, " " + words.get(random.nextInt(words.size())) + " ");
                case 4 -> text.delete(at, Math.min(text.length(), at + random.nextInt(60)));
                default -> replaceWord(text, at, words.get(random.nextInt(words.size())));
            }
        }
        return text.toString();
    }

    private static void replaceWord(StringBuilder text, int at, String word) {
        int start = at;
        while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        int end = at;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        text.replace(start, end, word);
    }
}

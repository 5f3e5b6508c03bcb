package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in a file and in those it includes, it is read or refused with lines; nothing else happens. {@code
 * -Devenkeel.fuzz.files=1000000} makes more of them, {@code -Devenkeel.fuzz.seed=...} others.
 */
class MutatedFilesTest {
    private static final int FILES = Integer.getInteger("evenkeel.fuzz.files", 20_000);
    private static final long SEED = Long.getLong("evenkeel.fuzz.seed", 0x5eed_0009L);
    private static final String MAIN = "etc/fuzz.conf";

    private final List<String> words = new ArrayList<>();

    @BeforeEach
    void collectWords() {
        words.addAll(List.of("{", "}", "\"", "'", "\\", "$", "@", "~", "#", "\0", "\n", "!", "="));
        words.addAll(
                List.of("255", "-1", "0", "1e9", "99999999999", "0.01", "192.0.2.1/24", "::1"));
        words.addAll(
                List.of("\u00e9", "MASTER", "fe80::1", "ff02::1", "reverse", "hex:00", "\r\n"));
        words.addAll(
                List.of("$ID", "${ID}", "${COMMON}", "\n$COMMON\n", "${_ENV HOME}", "${_PWD}"));
        words.addAll(
                List.of("${_RANDOM}", "${", "\n$ID=${ID}\n", "\n$ID= \\\n", "\n@main ", " \\\n"));
        words.addAll(
                List.of("\n@^main ", "\n~SEQ(N,1,2) ", "\ninclude peers.conf\n", "\nincludea *\n"));
        words.addAll(
                List.of(
                        "\ninclude {a,peers.conf,{*}}\n",
                        "\ninclude etc/fuzz.conf\n",
                        "{,}{,}{,}"));
        words.addAll(
                List.of("\n$A=${A}${A}\n${A}\n", "\n$A=$B\n$B=$ID$ID\n$A\n", "inside", "outside"));
        Vocabularies.ALL.forEach(v -> v.directives().forEach(d -> words.add(d.name())));
    }

    @Test
    void mutatedFilesAreReadOrRefused() {
        String lans = Resources.text("files/two-lans.conf");
        String peers = Resources.text("files/peers.conf");
        String kubernetes = Resources.text("files/kubernetes.conf");
        String node = Resources.text("files/three-nodes-1.conf");
        // The short files find as much per byte, and bytes are what this test spends its time on.
        List<String> originals =
                List.of(
                        lans,
                        lans,
                        Resources.text("files/everything.conf"),
                        kubernetes,
                        node,
                        node);
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            Random random = new Random(SEED + i);
            Map<String, String> files = new HashMap<>();
            files.put(MAIN, mutate(originals.get(random.nextInt(originals.size())), random));
            files.put("peers.conf", random.nextBoolean() ? peers : mutate(peers, random));
            files.put("key", mutate("hex:" + "00".repeat(32), random));
            Charset charset = i % 2 == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
            try {
                read(files, charset);
            } catch (ConfigException e) {
                refused++;
                assertHasLinesOf(files, e, SEED + i);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError(
                        "seed " + (SEED + i) + " made the reader fail on:\n" + files, e);
            }
        }
        assertTrue(
                refused > FILES / 4 && refused < FILES,
                refused + " of " + FILES + " files were refused");
    }

    private static KeepalivedConfig read(Map<String, String> files, Charset charset) {
        IncludeResolver resolver =
                (pattern, including) ->
                        files.keySet().stream()
                                .filter(name -> pattern.contains("*") || name.equals(pattern))
                                .sorted()
                                .map(name -> IncludedFile.of(name, bytes(files, name, charset)))
                                .toList();
        ReaderOptions options =
                ReaderOptions.NONE
                        .withConfigId("main")
                        .withEnvironment(name -> name.equals("HOME") ? "/root" : null)
                        .withIncludes(resolver);
        return KeepalivedConfigReader.read(MAIN, bytes(files, MAIN, charset), options);
    }

    private static byte[] bytes(Map<String, String> files, String name, Charset charset) {
        return files.getOrDefault(name, "").getBytes(charset);
    }

    private static void assertHasLinesOf(Map<String, String> files, ConfigException e, long seed) {
        assertFalse(e.problems().isEmpty());
        for (ConfigProblem problem : e.problems()) {
            String text = files.getOrDefault(problem.file(), "");
            long lines = text.chars().filter(c -> c == '\n').count() + 1;
            assertTrue(
                    problem.line() >= 1 && problem.line() <= lines,
                    () -> "seed " + seed + ": " + problem + " is beyond the file\n" + text);
            assertFalse(problem.message().isBlank(), () -> "seed " + seed);
        }
    }

    private String mutate(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        int mutations = random.nextInt(7);
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

package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, the answer is a model or a list of problems with lines of the file. */
class MutatedFilesTest {
    /** More with {@code -Devenkeel.files=1000000}. */
    private static final int FILES = Integer.getInteger("evenkeel.files", 15_000);

    private static final long SEED = 20_261_123L;
    private static final String[] PIECES = {
        "\0",
        "\"",
        "'",
        "\\",
        "\\x",
        "$",
        "${",
        "}",
        "#",
        "\n",
        " ",
        "\t",
        "-1",
        "0",
        "65536",
        "99999999999999999999",
        ":",
        "::",
        "[",
        "]",
        ",",
        "*",
        "%",
        "{",
        "(",
        "from",
        "no ",
        "default ",
        "server ",
        "bind ",
        "check ",
        "ipv4@",
        "$X",
        "${LONGER}",
        "mode http",
        "0-65535",
        ".if ",
        ".endif",
        "\r",
        "\ufeff",
        "\u00e9",
        "\ud83d\ude00",
        "\ud83d",
        "\u0001"
    };

    @Test
    void neverFailInAnotherWay() {
        List<String> seeds = new ArrayList<>();
        seeds.add(TestFiles.read("two-servers.cfg"));
        seeds.add(TestFiles.read("kubernetes.cfg"));
        seeds.add(TestFiles.read("everything.cfg"));
        TestFiles.corpus().forEach(file -> seeds.add(TestFiles.text(file)));
        TestFiles.cases("refusals.txt").forEach(golden -> seeds.add(golden.file()));
        TestFiles.cases("warnings.txt").forEach(golden -> seeds.add(golden.file()));
        Random random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < FILES; i++) {
            String file = mutated(seeds, random);
            if (isAccepted(file, i)) {
                accepted++;
            }
        }
        // Both ways must have been walked, or the mutations are too weak or too strong.
        assertTrue(accepted > FILES / 100, accepted + " files accepted");
        assertTrue(accepted < FILES * 9 / 10, accepted + " files accepted");
    }

    private static boolean isAccepted(String file, int number) {
        int lines = file.split("\n", -1).length;
        try {
            HaproxyConfigReader.read("f", file, name -> name.length() % 2 == 0 ? "192.0.2.7" : null)
                    .warnings()
                    .forEach(warning -> assertIsOnALine(warning, lines));
            return true;
        } catch (ConfigException refused) {
            assertFalse(refused.problems().isEmpty());
            refused.problems().forEach(problem -> assertIsOnALine(problem, lines));
            return false;
        } catch (RuntimeException | StackOverflowError unexpected) {
            return fail("file " + number + " of seed " + SEED + ":\n" + file, unexpected);
        }
    }

    private static void assertIsOnALine(ConfigProblem problem, int lines) {
        assertTrue(problem.line() >= 1 && problem.line() <= lines, problem::toString);
        assertTrue(problem.message().chars().noneMatch(Character::isISOControl), problem::toString);
    }

    private static String mutated(List<String> seeds, Random random) {
        StringBuilder file = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int times = random.nextInt(4); times >= 0; times--) {
            int at = random.nextInt(file.length() + 1);
            int end = Math.min(file.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> file.delete(at, end);
                case 1 -> file.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> file.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
                case 3 -> swapWords(file, random);
                default -> {
                    String other = seeds.get(random.nextInt(seeds.size()));
                    int from = random.nextInt(other.length() + 1);
                    int to = Math.min(other.length(), from + random.nextInt(60));
                    file.insert(at, other, from, to);
                }
            }
        }
        return file.toString();
    }

    private static void swapWords(StringBuilder file, Random random) {
        String[] words = file.toString().split("(?<=\\s)");
        int one = random.nextInt(words.length);
        int other = random.nextInt(words.length);
        String word = words[one];
        words[one] = words[other];
        words[other] = word;
        file.setLength(0);
        file.append(String.join("", words));
    }
}

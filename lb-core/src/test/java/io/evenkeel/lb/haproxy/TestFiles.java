package io.evenkeel.lb.haproxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The files that these tests read. */
final class TestFiles {
    /** A file and what is to be said about it, one {@code LINE: message} each. */
    record Case(String name, String file, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private TestFiles() {}

    static String read(String name) {
        try (InputStream in = TestFiles.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cases that start with {@code === name}; {@code --- } separates a file from what is expected. */
    static List<Case> cases(String name) {
        List<Case> cases = new ArrayList<>();
        for (String block : read(name).split("(?m)^=== ")) {
            int title = block.indexOf('\n');
            int end = block.indexOf("\n---\n", title);
            if (end > 0) {
                List<String> expected = block.substring(end + 5).lines().toList();
                cases.add(
                        new Case(
                                block.substring(0, title),
                                block.substring(title + 1, end + 1).replace("<NUL>", "\0"),
                                expected.stream().filter(line -> !line.isBlank()).toList()));
            }
        }
        return cases;
    }

    static List<String> lines(List<ConfigProblem> problems) {
        return problems.stream().map(p -> p.line() + ": " + p.message()).toList();
    }
}

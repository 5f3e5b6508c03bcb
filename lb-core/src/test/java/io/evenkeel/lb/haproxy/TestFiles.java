package io.evenkeel.lb.haproxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

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

    private static final Path RESOURCES =
            Path.of("src", "test", "resources", "io", "evenkeel", "lb", "haproxy");

    static final Path CORPUS = RESOURCES.resolve("corpus");

    /** Writes anew what is expected of each case of a file. */
    static void write(String name, Function<String, List<String>> said) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Case old : cases(name)) {
            text.append("=== ").append(old.name()).append('\n');
            text.append(encoded(old.file())).append("---\n");
            said.apply(old.file()).forEach(line -> text.append(line).append('\n'));
            text.append('\n');
        }
        Files.writeString(RESOURCES.resolve(name), text.substring(0, text.length() - 1));
    }

    /** The files as people have them, by name. */
    static List<Path> corpus() {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".cfg")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decoded(String file) {
        return file.replace("<NUL>", "\0").replace("<BOM>", "\ufeff").replace("<CR>", "\r");
    }

    private static String encoded(String file) {
        return file.replace("\0", "<NUL>").replace("\ufeff", "<BOM>").replace("\r", "<CR>");
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
                                decoded(block.substring(title + 1, end + 1)),
                                expected.stream().filter(line -> !line.isBlank()).toList()));
            }
        }
        return cases;
    }

    static List<String> lines(List<ConfigProblem> problems) {
        return problems.stream().map(p -> p.line() + ": " + p.message()).toList();
    }
}

package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table of configurations and what is said of each. A section starts with {@code === NAME}; {@code >>> FILE} starts a file
 * that the configuration includes, {@code ---} the sentences.
 */
final class Golden {
    private static final String FILE = "keepalived.conf";

    record Case(String name, String text, String expected) {

        /** Reads the configuration on the node {@code main}, with {@code HOME} in the environment. */
        KeepalivedConfig read() {
            String[] parts = text.split("(?m)^>>> ");
            Map<String, String> files = new HashMap<>();
            for (int i = 1; i < parts.length; i++) {
                int end = parts[i].indexOf('\n');
                files.put(parts[i].substring(0, end), parts[i].substring(end + 1));
            }
            ReaderOptions options =
                    ReaderOptions.NONE
                            .withConfigId("main")
                            .withEnvironment(name -> name.equals("HOME") ? "/root" : null)
                            .withIncludes(resolver(files));
            byte[] bytes = parts[0].replace('␀', '\0').getBytes(StandardCharsets.UTF_8);
            return KeepalivedConfigReader.read(FILE, bytes, options);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Golden() {}

    /** Files by their names; {@code *} matches all of them in order, and what is empty cannot be read. */
    static IncludeResolver resolver(Map<String, String> files) {
        return (pattern, including) ->
                files.keySet().stream()
                        .filter(name -> name.equals(pattern) || pattern.equals("*"))
                        .sorted()
                        .map(name -> file(name, files.getOrDefault(name, "")))
                        .toList();
    }

    private static IncludedFile file(String name, String text) {
        return text.isEmpty()
                ? IncludedFile.unreadable(name, "it may not be read")
                : IncludedFile.of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Case> cases(String resource) {
        List<Case> cases = new ArrayList<>();
        String[] sections = Resources.text(resource).split("(?m)^=== ");
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
        return cases;
    }

    /** Returns a line per problem: its own line, with the file where that is an included one, and the sentence. */
    static String lines(List<ConfigProblem> problems) {
        return problems.stream()
                .map(
                        p ->
                                (p.file().equals(FILE) ? "" : p.file() + ":")
                                        + p.line()
                                        + ": "
                                        + p.message()
                                        + "\n")
                .collect(Collectors.joining());
    }

    /** Compares a case with what was found, or, where golden files are rewritten, leaves that to {@link #rewrite}. */
    static void check(Case golden, String found) {
        if (!Resources.isRewriting()) {
            assertEquals(golden.expected(), found);
        }
    }

    static void rewrite(String resource, Function<Case, String> found) {
        if (!Resources.isRewriting()) {
            return;
        }
        String preamble = Resources.text(resource).split("(?m)^=== ", 2)[0];
        String written =
                cases(resource).stream()
                        .map(
                                c ->
                                        "=== "
                                                + c.name()
                                                + "\n"
                                                + c.text()
                                                + "---\n"
                                                + found.apply(c)
                                                + "\n")
                        .collect(Collectors.joining("", preamble, ""));
        try {
            Files.writeString(Resources.source(resource), written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

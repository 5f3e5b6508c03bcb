package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a launcher that ended by itself has said.
 *
 * @param exitCode its exit status
 * @param output standard output and standard error
 */
record LauncherRun(int exitCode, String output) {
    private static final Pattern STACK_TRACE =
            Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(|Exception in thread|Exception:");

    /** Runs a command of the launcher on this machine, outside any laboratory. */
    static LauncherRun of(Path directory, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "launcher", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertTrue(
                    process.waitFor(60, TimeUnit.SECONDS),
                    () -> command + " is still running: " + read(output));
            return new LauncherRun(process.exitValue(), read(output));
        } finally {
            process.destroyForcibly();
        }
    }

    static LauncherRun of(CommandResult result) {
        return new LauncherRun(result.exitCode(), result.output());
    }

    void assertExit(int expected) {
        assertEquals(expected, exitCode, output);
        assertFalse(STACK_TRACE.matcher(output).find(), output);
    }

    /** Exit 1, and complaints about exactly these lines of {@code file}, each with a sentence. */
    void assertRefuses(Path file, Set<Integer> lines) {
        assertExit(1);
        Matcher matcher =
                Pattern.compile("(?m)^.*?" + Pattern.quote(file.toString()) + ":(\\d+): \\S+ .*$")
                        .matcher(output);
        Set<Integer> named = new TreeSet<>();
        while (matcher.find()) {
            named.add(Integer.valueOf(matcher.group(1)));
        }
        assertEquals(new TreeSet<>(lines), named, output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.evenkeel.examples.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short-lived commands, run to their end. */
final class Commands {
    private static final int TIMEOUT_SECONDS = 60;

    private Commands() {}

    /** Runs {@code command} and answers whatever its exit code was. */
    static CommandResult run(List<String> command) {
        return run(command, "");
    }

    /** Runs {@code command} with {@code input} on its standard input. */
    static CommandResult run(List<String> command, String input) {
        Path output = null;
        Process process = null;
        try {
            // A file and not a pipe: a command that leaves a child behind would keep a pipe open.
            output = Files.createTempFile("evenkeel-lab", ".out");
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new LabException(
                        String.join(" ", command)
                                + " did not end within "
                                + TIMEOUT_SECONDS
                                + " s and was killed.");
            }
            try (InputStream in = Files.newInputStream(output)) {
                return new CommandResult(
                        process.exitValue(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new LabException(String.join(" ", command) + " could not be run: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted during " + String.join(" ", command) + ".", e);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
            deleteQuietly(output);
        }
    }

    /** Runs {@code command}, which must exit with 0, and answers its output. */
    static String require(List<String> command) {
        return require(command, "");
    }

    /** Runs {@code command} with {@code input}; it must exit with 0. */
    static String require(List<String> command, String input) {
        CommandResult result = run(command, input);
        if (!result.succeeded()) {
            throw new LabException(
                    String.join(" ", command)
                            + " exited with "
                            + result.exitCode()
                            + ": "
                            + result.output().strip()
                            + (input.isEmpty() ? "" : " (input: " + input.strip() + ")"));
        }
        return result.output();
    }

    private static void deleteQuietly(@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            // Left in the temporary directory if even this fails: nothing depends on it.
            boolean ignored = file.toFile().delete();
        }
    }
}

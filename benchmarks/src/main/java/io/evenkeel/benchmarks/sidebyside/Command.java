package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that run for a while and print something. */
final class Command {
    private Command() {}

    /**
     * Runs it to its end, and ends it if this thread is interrupted or it takes too long.
     *
     * @return what it printed, errors included
     * @throws SideBySideException if it cannot be started, fails or takes longer
     */
    static String output(List<String> command, int limitSeconds) {
        try {
            Path output = Files.createTempFile("side-by-side", ".out");
            try {
                return output(command, limitSeconds, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new SideBySideException("%s cannot be run: %s".formatted(command.get(0), e), e);
        }
    }

    private static String output(List<String> command, int limitSeconds, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", Programs.path());
        builder.redirectOutput(output.toFile());
        Process process = builder.start();
        try {
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                throw new SideBySideException(
                        "%s took longer than %d s.".formatted(command.get(0), limitSeconds));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SideBySideException("The run was told to end.", e);
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new SideBySideException(
                    "%s ended with %d: %s"
                            .formatted(
                                    String.join(" ", command), process.exitValue(), text.strip()));
        }
        return text;
    }
}

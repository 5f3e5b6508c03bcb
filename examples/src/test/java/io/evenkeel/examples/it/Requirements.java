package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.fail;

import io.evenkeel.examples.lab.NetworkLab;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. Without it the test is skipped, with the reason in one line; with
 * {@code EVENKEEL_IT=required} in the environment it fails instead.
 */
final class Requirements {
    private Requirements() {}

    /** The test needs namespaces and these programs. */
    static void lab(Class<?> test, String... programs) {
        String cause = NetworkLab.unavailabilityCause();
        if (cause == null) {
            cause =
                    Stream.of(programs)
                            .filter(program -> find(program) == null)
                            .findFirst()
                            .map(program -> program + " is not installed.")
                            .orElse(null);
        }
        if (cause != null) {
            impossible(test, cause);
        }
    }

    /** Skips or fails the test for {@code cause}. */
    static void impossible(Class<?> test, String cause) {
        if ("required".equals(System.getenv("EVENKEEL_IT"))) {
            fail("EVENKEEL_IT=required, and " + test.getSimpleName() + " cannot run: " + cause);
        }
        // A skipped test's reason stays in the report; the one who waits for the build reads this.
        System.err.println(test.getSimpleName() + " is skipped: " + cause);
        Assumptions.abort(cause);
    }

    /** Where a program is, or null. */
    static @Nullable Path find(String program) {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/sbin"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}

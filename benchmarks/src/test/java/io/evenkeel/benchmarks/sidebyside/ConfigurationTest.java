package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs themselves say whether they take their files. */
class ConfigurationTest {
    private final Place place = Place.ofThisProcess();

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource(Configuration.class)
    void isTaken(Configuration configuration) throws IOException {
        Path file = directory.resolve("x.cfg");
        Files.writeString(file, configuration.text(place, place.frontends(0), directory));
        check(file, configuration == Configuration.NGINX_STREAM);
    }

    @Test
    void thatOfABackendIsTaken() throws IOException {
        Path file = directory.resolve("x.cfg");
        Files.writeString(file, Configuration.backend(place, 0, directory));
        check(file, true);
    }

    private static void check(Path file, boolean ofNginx) {
        String said =
                Command.output(
                        ofNginx
                                ? List.of("nginx", "-t", "-c", file.toString())
                                : List.of("haproxy", "-c", "-f", file.toString()),
                        20);
        assertTrue(said.contains(ofNginx ? "is successful" : "is valid"), said);
    }
}

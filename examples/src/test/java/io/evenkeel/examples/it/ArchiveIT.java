package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenkeel archive} by the launcher script, in a folder of its own with the jar alone. */
class ArchiveIT {
    private static final String FROM_ARCHIVE =
            "io.evenkeel.examples.Evenkeel source: shared objects file";

    @TempDir private Path home;
    private Path jar;
    private Path script;

    @BeforeEach
    void copy() throws IOException {
        jar = home.resolve("examples/target/evenkeel.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(Launcher.jar(), jar);
        script = home.resolve("evenkeel");
        Files.copy(Launcher.jar().resolve("../../../evenkeel").normalize(), script);
        assertTrue(script.toFile().setExecutable(true));
    }

    @Test
    void laterStartsTakeTheirClassesFromTheArchiveUntilTheJarChanges() throws Exception {
        assertFalse(version("-Xlog:class+load").contains(FROM_ARCHIVE));

        run("", "archive");
        assertTrue(version("-Xlog:class+load").contains(FROM_ARCHIVE));
        assertTrue(
                version("-XX:+UseZGC").startsWith("evenkeel "),
                "the JVM speaks of an archive that other options make useless");

        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        assertFalse(version("-Xlog:class+load").contains(FROM_ARCHIVE));
    }

    private String version(String options) throws Exception {
        return run(options, "--version");
    }

    private String run(String options, String argument) throws Exception {
        List<String> command =
                List.of(
                        "env",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        "JAVA_OPTS=" + options,
                        script.toString(),
                        argument);
        LauncherRun run = LauncherRun.of(home, command);
        run.assertExit(0);
        return run.output();
    }
}

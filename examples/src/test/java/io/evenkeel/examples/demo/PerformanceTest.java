package io.evenkeel.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a performance whose nodes do not do what the story says. */
class PerformanceTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void aNodeThatEndsByItselfFailsTheDemoWithItsLastWords() throws Exception {
        int exitCode = play("echo 'The host refuses.' >&2; exit 3");

        assertEquals(1, exitCode);
        assertTrue(
                // Whichever of the two ends first.
                screen().matches(
                                "(?s).*node[12] ended by itself with exit code 3: The host refuses\\..*"),
                screen());
        assertFalse(screen().contains("All 7 steps"), screen());
    }

    @Test
    void twoActivesFailTheElection() throws Exception {
        int exitCode =
                play("echo ready; read join; echo serving 1; echo state 1 ACTIVE x; read end");

        assertEquals(1, exitCode);
        assertTrue(
                screen().contains(
                                "No election: node1 says ACTIVE and serves and node2 says ACTIVE and serves"),
                screen());
    }

    private int play(String node) throws Exception {
        Path directory;
        int exitCode;
        try (Scratch scratch = new Scratch();
                FakeStage stage = new FakeStage(List.of("sh", "-c", node), scratch.directory())) {
            directory = scratch.directory();
            Terminal terminal =
                    new Terminal(
                            new PrintStream(bytes, true, StandardCharsets.UTF_8),
                            false,
                            false,
                            Glyphs.ASCII,
                            80,
                            24);
            exitCode = new Performance(terminal, stage.journal(), stage, scratch).play(false);
            assertFalse(stage.nodes().get(0).isAlive());
            assertFalse(stage.nodes().get(1).isAlive());
        }
        assertFalse(Files.exists(directory));
        return exitCode;
    }

    private String screen() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

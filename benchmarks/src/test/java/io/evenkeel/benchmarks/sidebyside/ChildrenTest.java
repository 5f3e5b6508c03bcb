package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
    @TempDir private Path directory;

    /** The second ignores SIGTERM, and is not even the process that was started. */
    @Test
    void endsWithAllThatCameOfThem() throws Exception {
        List<ProcessHandle> family;
        try (Children children = new Children(Duration.ofMillis(200), () -> {})) {
            Child child =
                    children.start(
                            "family",
                            List.of(
                                    "/bin/sh",
                                    "-c",
                                    "sh -c 'trap \"\" TERM; while :; do sleep 1; done' & wait"),
                            directory.resolve("family.log"));
            while (child.pids().size() < 3) {
                Thread.onSpinWait();
            }
            assertTrue(child.isAlive());
            family = child.pids().stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
        }
        for (ProcessHandle member : family) {
            member.onExit().get(10, TimeUnit.SECONDS);
            assertFalse(member.isAlive());
        }
    }

    @Test
    void whatItSaidLastIsKept() throws IOException {
        try (Children children = new Children(Duration.ofMillis(200), () -> {})) {
            Child child =
                    children.start(
                            "speaker",
                            List.of("/bin/sh", "-c", "echo cannot bind >&2"),
                            directory.resolve("speaker.log"));
            while (child.isAlive()) {
                Thread.onSpinWait();
            }
            assertEquals("cannot bind", child.lastWords());
        }
    }
}

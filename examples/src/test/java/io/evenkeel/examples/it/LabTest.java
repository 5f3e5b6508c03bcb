package io.evenkeel.examples.it;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.NetworkLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A test class with one laboratory, whose logs stay in {@code target/it/CLASS}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LabTest {
    /** Longest time in which two hosts that hear each other may both hold an address. */
    static final Duration OVERLAP = Duration.ofMillis(300);

    /** What VRRP allows at an interval of one second before a Backup with priority 1 takes over. */
    static final Duration LONGEST_FAILOVER = Duration.ofMillis(3_800);

    /** A JVM's start on a busy machine, and an election. */
    static final Duration ELECTION = Duration.ofSeconds(60);

    /** For what comes soon: how soon, if that matters, is measured besides. */
    static final Duration SOON = Duration.ofSeconds(30);

    private @Nullable NetworkLab lab;
    private @Nullable Stalls stalls;
    private final List<AutoCloseable> resources = new ArrayList<>();

    /** Builds the laboratory, or skips the class. */
    NetworkLab createLab(String... programs) {
        Requirements.lab(getClass(), programs);
        Path directory = Path.of("target", "it", getClass().getSimpleName());
        delete(directory);
        lab = NetworkLab.create(directory);
        stalls = closing(Stalls.start());
        return lab;
    }

    NetworkLab lab() {
        return requireNonNull(lab);
    }

    /** Closes {@code resource} after the last test. */
    <T extends AutoCloseable> T closing(T resource) {
        resources.add(resource);
        return resource;
    }

    /** Fails at once, instead of after some patience, if a program that a test relies on is gone. */
    void assertRunning(Collection<Node> nodes) {
        for (Node node : nodes) {
            assertTrue(node.isRunning(), () -> "No longer running: " + node.host() + evidence());
        }
    }

    /**
     * {@code bound} in nanoseconds, and twice as much as this machine itself stood still since {@code sinceNanos}: once for those that were
     * to act, once for those that measure.
     */
    long allowedNanos(Duration bound, long sinceNanos) {
        return bound.toNanos() + 2 * requireNonNull(stalls).longestNanos(sinceNanos);
    }

    /** What every failure shows. */
    String evidence() {
        return lab().logTails(25);
    }

    /** Writes a measured time into the build's log. The bounds are asserted; this is what it was. */
    void report(String what, long nanos) {
        System.err.printf("%s: %s: %.1f ms%n", getClass().getSimpleName(), what, nanos / 1e6);
    }

    @AfterAll
    void closeLab() throws Exception {
        try {
            for (AutoCloseable resource : resources) {
                resource.close();
            }
        } finally {
            if (lab != null) {
                lab.close();
            }
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The old logs in " + directory + " are in the way.", e);
        }
    }
}

package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that is removed with all that is in it, also when the JVM is told to end. */
final class Scratch implements AutoCloseable {
    private final Path directory;
    private final Thread removeAtExit = new Thread(this::remove, "side-by-side-remove");

    /** Takes over an existing directory. */
    Scratch(Path directory) {
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(removeAtExit);
    }

    Path directory() {
        return directory;
    }

    private void remove() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be removed: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(removeAtExit);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook removes it.
            return;
        }
        remove();
    }
}

package io.evenkeel.examples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The demo's own directory for logs, gone with the demo. */
final class Scratch implements AutoCloseable {
    private final Path directory;

    Scratch() throws IOException {
        directory = Files.createTempDirectory("evenkeel-demo-");
    }

    Path directory() {
        return directory;
    }

    /** Deletes the directory; idempotent. */
    @Override
    public synchronized void close() {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory + ".", e);
        }
    }
}

package io.evenkeel.benchmarks.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where configurations, captures and logs are, and what runs with them. Closing it ends all that, also when the JVM is told to
 * end. Thread safe.
 */
final class Workplace implements AutoCloseable {
    private final Path directory;
    private final boolean kept;
    private final Thread closeAtExit = new Thread(this::release, "failover-close");
    private @Nullable Cluster cluster;
    private boolean released;

    /**
     * Opens one.
     *
     * @param keep the directory that is to stay, or null for one that is removed
     */
    static Workplace open(@Nullable Path keep) throws IOException {
        if (keep != null) {
            Files.createDirectories(keep);
        }
        Path directory = keep == null ? Files.createTempDirectory("failover") : keep;
        Workplace workplace = new Workplace(directory.toAbsolutePath(), keep != null);
        Runtime.getRuntime().addShutdownHook(workplace.closeAtExit);
        return workplace;
    }

    private Workplace(Path directory, boolean kept) {
        this.directory = directory;
        this.kept = kept;
    }

    Path directory() {
        return directory;
    }

    /** Closes this one too when everything is to end; its predecessor is closed by then. */
    synchronized void hold(Cluster next) {
        if (released) {
            next.close();
            throw new SetupException("The measurement was told to end.");
        }
        cluster = next;
    }

    private synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        try {
            if (cluster != null) {
                cluster.close();
            }
        } finally {
            if (!kept) {
                delete();
            }
        }
    }

    private void delete() {
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
            Runtime.getRuntime().removeShutdownHook(closeAtExit);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, or has run, and releasing twice does no harm.
        }
        release();
    }
}

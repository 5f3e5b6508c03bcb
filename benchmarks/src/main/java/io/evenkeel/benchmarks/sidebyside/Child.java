package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process that was started, with all that it started itself. Thread safe. */
final class Child implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;
    private final Duration endLimit;
    private List<ProcessHandle> family = List.of();

    Child(String name, Process process, Path log, Duration endLimit) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.endLimit = endLimit;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Of the process and of all that came of it. */
    List<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** The end of what it said, for a message. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "Its log cannot be read: " + e;
        }
    }

    /** Tells it and all that came of it, which are remembered: those that lose their parents are nobody's descendants. */
    synchronized void tellToEnd() {
        if (family.isEmpty()) {
            family = Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        }
        family.forEach(ProcessHandle::destroy);
    }

    /** Ends them: by SIGTERM, and what is left after the limit by SIGKILL. */
    @Override
    public synchronized void close() {
        tellToEnd();
        CompletableFuture<?>[] exits =
                family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(endLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Some of them are left, and told in another way.
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }
}

package io.evenkeel.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One Evenkeel node as the demo sees it: a process that can be started, killed and started again,
 * and what its present incarnation reported last.
 */
final class DemoNode implements AutoCloseable {
    /** What the process has said of itself. */
    enum State {
        GONE,
        STARTING,
        READY,
        INITIALIZE,
        BACKUP,
        ACTIVE,
        FAULT
    }

    private final String name;
    private final int priority;
    private final List<String> command;
    private final Path directory;
    private final Journal journal;
    private final Map<String, Boolean> serverUp = new ConcurrentHashMap<>();
    private volatile @Nullable ChildProcess process;
    private volatile State reported = State.GONE;
    private volatile long servingSinceNanos;
    private volatile long quietSinceNanos;
    private volatile boolean serving;
    private volatile boolean expected;

    DemoNode(String name, int priority, List<String> command, Path directory, Journal journal) {
        this.name = name;
        this.priority = priority;
        this.command = List.copyOf(command);
        this.directory = directory;
        this.journal = journal;
    }

    String name() {
        return name;
    }

    int priority() {
        return priority;
    }

    /** Starts the process, which gets ready and waits. */
    void launch() throws IOException {
        reported = State.STARTING;
        serving = false;
        serverUp.clear();
        expected = true;
        process = ChildProcess.start(name, command, directory, this::observe);
    }

    /** Lets the node take part in VRRP. */
    void join() throws IOException {
        reported = State.INITIALIZE;
        required().send("join");
    }

    /** SIGKILL: no priority 0, no farewell. */
    void kill() {
        expected = false;
        required().kill();
    }

    /** SIGTERM: a planned stop. */
    void terminate() {
        expected = false;
        required().terminate();
    }

    private void observe(String line) {
        String[] words = line.split(" ", 4);
        switch (words[0]) {
            case "ready" -> reported = State.READY;
            case "state" -> reported = State.valueOf(words[2]);
            case "serving" -> {
                servingSinceNanos = Long.parseLong(words[1]);
                serving = true;
            }
            case "quiet" -> {
                quietSinceNanos = Long.parseLong(words[1]);
                serving = false;
            }
            case "server" -> serverUp.put(words[2], words[3].startsWith("UP"));
            default -> {
                // A line for people, not for us.
            }
        }
        journal.ring();
    }

    State state() {
        return isAlive() ? reported : State.GONE;
    }

    boolean isAlive() {
        ChildProcess child = process;
        return child != null && child.isAlive();
    }

    /** Whether the node holds the address and has its listener open. */
    boolean isServing() {
        return serving && isAlive();
    }

    long servingSinceNanos() {
        return servingSinceNanos;
    }

    long quietSinceNanos() {
        return quietSinceNanos;
    }

    /** Whether the node's health checks hold the server to be usable. */
    boolean uses(String server) {
        return serverUp.getOrDefault(server, false);
    }

    long pid() {
        ChildProcess child = process;
        return child == null ? 0 : child.pid();
    }

    boolean wasKilled() {
        return required().wasKilled();
    }

    OptionalInt exitCode() {
        return required().exitCode();
    }

    /** Why the node is not there although it should be; null while all is well. */
    @Nullable String unexpectedEnd() {
        ChildProcess child = process;
        if (!expected || child == null || child.isAlive()) {
            return null;
        }
        return name
                + " ended by itself with exit code "
                + child.exitCode().orElse(-1)
                + ": "
                + child.lastWords();
    }

    private ChildProcess required() {
        ChildProcess child = process;
        if (child == null) {
            throw new IllegalStateException(name + " was never started.");
        }
        return child;
    }

    @Override
    public void close() {
        expected = false;
        ChildProcess child = process;
        if (child != null) {
            child.close();
        }
    }
}

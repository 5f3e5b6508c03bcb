package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All processes that were started. Closing ends them within a bounded time, and so does the end of the JVM, as by Ctrl-C. Thread safe.
 */
final class Children implements AutoCloseable {
    private final List<Child> children = new CopyOnWriteArrayList<>();
    private final Thread endAtExit = new Thread(this::endAtExit, "side-by-side-end");
    private final Duration endLimit;
    private final Runnable afterwards;
    private volatile boolean ended;

    /**
     * None yet.
     *
     * @param endLimit how long each may take to end when it is told to, before it is killed
     * @param afterwards what is to be done when all have ended; may be done twice
     */
    Children(Duration endLimit, Runnable afterwards) {
        this.endLimit = endLimit;
        this.afterwards = afterwards;
        Runtime.getRuntime().addShutdownHook(endAtExit);
    }

    /**
     * Starts one.
     *
     * @param log where what it says goes
     */
    Child start(String name, List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", Programs.path());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Child child = new Child(name, builder.start(), log, endLimit);
        children.add(child);
        if (ended) {
            child.close();
            throw new SideBySideException("The run was told to end.");
        }
        return child;
    }

    private void end() {
        ended = true;
        // All are told before any is waited for.
        children.forEach(Child::tellToEnd);
        children.forEach(Child::close);
        afterwards.run();
    }

    /** With the clients that run just then. */
    private void endAtExit() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        end();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(endAtExit);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, or has run, and ending twice does no harm.
        }
        end();
    }
}

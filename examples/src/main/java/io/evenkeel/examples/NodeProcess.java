package io.evenkeel.examples;

import io.evenkeel.lb.haproxy.HaproxyConfig;
import io.evenkeel.lb.netty.Transport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of {@code evenkeel run}, from its files to its exit code: what is started, what signals do, and how it ends. */
final class NodeProcess {
    /** What shells report for a program that SIGINT ended. */
    private static final int INTERRUPTED = 130;

    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    private final Supplier<ConfigFiles> reader;
    private final @Nullable Integer drainSeconds;
    private final @Nullable Transport transport;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();

    /**
     * @param reader reads the files: at the start, and again at each SIGHUP
     * @param drainSeconds how long connections may go on after a stop; null for what the file says
     * @param transport how the proxy's sockets are driven; null for the best that there is
     */
    NodeProcess(
            Supplier<ConfigFiles> reader,
            @Nullable Integer drainSeconds,
            @Nullable Transport transport) {
        this.reader = reader;
        this.drainSeconds = drainSeconds;
        this.transport = transport;
    }

    /**
     * Runs until it is told to stop.
     *
     * @param err what is wrong with the files or the host
     * @return the exit code
     */
    int run(PrintWriter err) throws InterruptedException {
        ConfigFiles files = reader.get();
        if (!files.problems().isEmpty()) {
            files.problems().forEach(err::println);
            err.flush();
            return ExitCode.CONFIGURATION;
        }
        String summary = Summary.of(files);
        if (summary.isEmpty()) {
            err.println(
                    "evenkeel: there is nothing to run: the files name no virtual router and no frontend");
            err.flush();
            return ExitCode.CONFIGURATION;
        }
        Logger log = LoggerFactory.getLogger("evenkeel");
        files.warnings().forEach(log::warn);
        Duration drain = drainTimeout(files);
        Node node;
        try {
            node = new Node(files, drain, transport);
        } catch (Node.HostRefusal e) {
            return refused(e, err);
        } catch (IllegalArgumentException e) {
            // What the readers let pass, the libraries need not.
            err.println("evenkeel: " + e.getMessage());
            err.flush();
            return ExitCode.CONFIGURATION;
        }
        handleSignals(node, log);
        try {
            node.start();
        } catch (Node.HostRefusal e) {
            return refused(e, err);
        }
        summary.lines().forEach(log::info);
        log.info("running as process {}", ProcessHandle.current().pid());
        stop.await();
        log.info("stopping: handing over, then draining for at most {} s", drain.toSeconds());
        node.close();
        log.info("stopped");
        closed.countDown();
        return ExitCode.DONE;
    }

    /** As SIGTERM does it. */
    void stop() {
        stop.countDown();
    }

    private int refused(Node.HostRefusal refusal, PrintWriter err) {
        err.println("evenkeel: " + refusal.getMessage());
        err.flush();
        closed.countDown();
        return ExitCode.HOST;
    }

    private Duration drainTimeout(ConfigFiles files) {
        HaproxyConfig haproxy = files.haproxy();
        if (drainSeconds != null) {
            return Duration.ofSeconds(drainSeconds);
        }
        return haproxy == null || haproxy.hardStopAfter() == null
                ? DEFAULT_DRAIN
                : haproxy.hardStopAfter();
    }

    private void handleSignals(Node node, Logger log) {
        Runnable stopOrGiveUp =
                () -> {
                    if (stopping.getAndSet(true)) {
                        // Asked twice: whoever does that does not want to wait for the drain.
                        Runtime.getRuntime().halt(INTERRUPTED);
                    }
                    stop.countDown();
                };
        // Who starts this in the background may have SIGINT ignored, and wants it so.
        Signals.handle("INT", stopOrGiveUp);
        if (!Signals.handle("TERM", stopOrGiveUp)) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "evenkeel-stop"));
        }
        if (!Signals.handle("HUP", () -> reload(node, log))) {
            log.warn(
                    "SIGHUP does not reach this process, which was started with nohup or with -Xrs: a file that is"
                            + " changed takes a restart");
        }
    }

    /** For a JVM that does not give its signals away: it exits with its own code, after this. */
    private void stopAndWait() {
        stop.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reload(Node node, Logger log) {
        ConfigFiles files = reader.get();
        files.warnings().forEach(log::warn);
        files.problems().forEach(log::error);
        if (!files.problems().isEmpty()) {
            log.error("SIGHUP: the files are wrong, so nothing was changed");
            return;
        }
        try {
            node.reload(files).forEach(done -> log.info("SIGHUP: {}", done));
        } catch (Node.HostRefusal e) {
            log.error("SIGHUP: {}", e.getMessage());
        } catch (IllegalArgumentException | IllegalStateException e) {
            log.error("SIGHUP: nothing was changed: {}", e.getMessage());
        }
    }
}

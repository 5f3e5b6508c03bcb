package io.evenkeel.examples;

import io.evenkeel.lb.haproxy.HaproxyConfig;
import io.evenkeel.lb.netty.Transport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
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

    private final Logger log = LoggerFactory.getLogger("evenkeel");

    /** Held by whoever reads the files, until what they say is in effect. */
    private final Object turn = new Object();

    private final AtomicBoolean reloadWaits = new AtomicBoolean();
    private volatile @Nullable Node node;
    private Duration drain = DEFAULT_DRAIN;

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
        boolean hangsUp = handleSignals();
        try {
            int exitCode = start(err);
            if (node != null) {
                if (!hangsUp) {
                    log.warn(
                            "SIGHUP does not reach this process, which was started with nohup or with -Xrs: a file that is"
                                    + " changed takes a restart");
                }
                log.info("running as process {}", ProcessHandle.current().pid());
                awaitStop();
            }
            return exitCode;
        } finally {
            stop.countDown();
            closed.countDown();
        }
    }

    /**
     * Starts what the files say, unless it is to stop already. A SIGHUP that comes meanwhile has its turn after that: what was read may be
     * older than what it is about.
     */
    int start(PrintWriter err) {
        synchronized (turn) {
            ConfigFiles files = reader.get();
            if (!files.problems().isEmpty()) {
                files.problems().forEach(err::println);
                err.flush();
                return ExitCode.CONFIGURATION;
            }
            String summary = Summary.of(files);
            if (summary.isEmpty()) {
                err.println("evenkeel: " + Summary.NOTHING);
                err.flush();
                return ExitCode.CONFIGURATION;
            }
            files.warnings().forEach(log::warn);
            drain = drainTimeout(files);
            if (stop.getCount() == 0) {
                return ExitCode.DONE;
            }
            try {
                Node made = new Node(files, drain, transport);
                made.start();
                node = made;
            } catch (Node.HostRefusal e) {
                err.println("evenkeel: " + e.getMessage());
                err.flush();
                return ExitCode.HOST;
            } catch (IllegalArgumentException e) {
                err.println("evenkeel: " + e.getMessage());
                err.flush();
                return ExitCode.CONFIGURATION;
            }
            summary.lines().forEach(log::info);
            return ExitCode.DONE;
        }
    }

    /** Goes on until it is told to stop, and stops then. */
    void awaitStop() throws InterruptedException {
        stop.await();
        log.info("stopping: handing over, then draining for at most {} s", drain.toSeconds());
        Objects.requireNonNull(node, "started").close();
        log.info("stopped");
    }

    /** As SIGTERM does it. */
    void stop() {
        stop.countDown();
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

    /** Whether SIGHUP is one of those that are. */
    private boolean handleSignals() {
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
        return Signals.handle("HUP", this::reload);
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

    /** Reads the files once it is its turn, so that of several at a time the last has the last word. */
    void reload() {
        if (reloadWaits.getAndSet(true)) {
            // That one has read nothing yet.
            return;
        }
        synchronized (turn) {
            reloadWaits.set(false);
            Node running = node;
            if (running != null && stop.getCount() > 0) {
                reload(running);
            }
        }
    }

    private void reload(Node running) {
        try {
            ConfigFiles files = reader.get();
            files.warnings().forEach(log::warn);
            files.problems().forEach(log::error);
            if (files.problems().isEmpty()) {
                running.reload(files).forEach(done -> log.info("SIGHUP: {}", done));
            } else {
                log.error("SIGHUP: the files are wrong, so nothing was changed");
            }
        } catch (Node.HostRefusal e) {
            log.error("SIGHUP: {}", e.getMessage());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
            if (stop.getCount() == 0) {
                log.info("SIGHUP: not carried out, since this process is stopping");
                return;
            }
            log.error(
                    "SIGHUP: it failed, which is a bug unless memory ran out or the program's jar was replaced; what of the"
                            + " files is in effect is not known until a SIGHUP succeeds",
                    e);
        }
    }
}

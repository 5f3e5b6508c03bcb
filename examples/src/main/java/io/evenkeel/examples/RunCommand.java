package io.evenkeel.examples;

import io.evenkeel.lb.haproxy.HaproxyConfig;
import io.evenkeel.lb.netty.Transport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evenkeel run}: runs the configuration until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the virtual routers and the proxy of the files until it is told to stop.",
            "SIGTERM and SIGINT: hand the addresses over, drain, exit 0. SIGHUP: read the files again and run what they say now."
        })
final class RunCommand implements Callable<Integer> {
    /** What shells report for a program that SIGINT ended. */
    private static final int INTERRUPTED = 130;

    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    @Mixin private ConfigOptions options;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description =
                    "How long open connections may go on after a stop; if not given, hard-stop-after of the haproxy.cfg, or else 5.")
    private @Nullable Integer drainSeconds;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description =
                    "What drives the proxy's sockets: io_uring, epoll or nio; if not given, epoll, or nio where there is none.")
    private @Nullable Transport transport;

    @Spec private CommandSpec spec;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();

    @Override
    public Integer call() throws InterruptedException {
        if (drainSeconds != null && drainSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--drain takes 0 or more seconds, not " + drainSeconds + ".");
        }
        PrintWriter err = spec.commandLine().getErr();
        ConfigFiles files = options.read();
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
        ConfigFiles files = options.read();
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

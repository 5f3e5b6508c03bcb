package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VrrpScript;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one script again and again on a thread of its own, without a shell, and reports its first verdict and every change of it.
 * A run that takes too long is killed with every process that it started, and counts as failed.
 */
final class ScriptRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptRunner.class);
    private static final File NOTHING = new File("/dev/null");

    /** Takes the first verdict, and then each that is another one. */
    interface Report {
        void changed(String tracker, boolean up);
    }

    private final VrrpScript script;
    private final ScriptUsers users;
    private final Report report;
    private final ScriptVerdict verdict;
    private final Thread thread;
    private volatile boolean closed;
    private String lastFailure = "";

    ScriptRunner(VrrpScript script, ScriptUsers users, Report report) {
        this.script = script;
        this.users = users;
        this.report = report;
        verdict = new ScriptVerdict(script.rise(), script.fall(), script.initiallyFailed());
        thread = new Thread(this::run, "evenkeel-script-" + script.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the runs; one that is under way is killed. Does not wait for it. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                long started = System.nanoTime();
                boolean passed = runOnce();
                if (verdict.onResult(passed)) {
                    report.changed(script.name(), passed);
                }
                TimeUnit.NANOSECONDS.sleep(
                        Math.max(0, started + script.intervalNanos() - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            if (!closed) {
                LOG.warn("The thread of script {} was interrupted and ends.", script.name());
            }
        }
    }

    private boolean runOnce() throws InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(
                                    users.leadingCommand(
                                            script.command(), script.user(), script.group()))
                            .redirectInput(NOTHING)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            return failed("cannot be started: " + e.getMessage());
        }
        try {
            if (!process.waitFor(script.timeoutNanos(), TimeUnit.NANOSECONDS)) {
                return failed(
                        "was killed because it took longer than "
                                + script.timeoutNanos() / 1_000_000
                                + " ms");
            }
            return process.exitValue() == 0 || failed("exited with " + process.exitValue());
        } finally {
            if (process.isAlive()) {
                ProcessGroup.kill(process, users.canLead());
            }
        }
    }

    private boolean failed(String how) {
        if (verdict.isUp() || !how.equals(lastFailure)) {
            LOG.info("Script {} {}.", script.name(), how);
        }
        lastFailure = how;
        return false;
    }
}

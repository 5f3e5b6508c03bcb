package io.evenkeel.examples.lab;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program running in a host, its output collected in a file. */
public final class LabProcess implements AutoCloseable {
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    private final Libc libc;
    private final String label;
    private final Process process;
    private final Path log;

    LabProcess(Libc libc, String label, Process process, Path log) {
        this.libc = libc;
        this.label = label;
        this.process = process;
        this.log = log;
    }

    /** What this program is called in messages. */
    public String label() {
        return label;
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** The file that collects standard output and standard error. */
    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks the program to end (SIGTERM). */
    public void terminate() {
        signal(process.toHandle(), SIGTERM);
    }

    /** Stops the program where it stands (SIGSTOP), with its children. */
    public void suspend() {
        signal(process.toHandle(), SIGSTOP);
        children().forEach(child -> signal(child, SIGSTOP));
    }

    /** Lets a suspended program go on (SIGCONT). */
    public void resume() {
        children().forEach(child -> signal(child, SIGCONT));
        signal(process.toHandle(), SIGCONT);
    }

    /** Kills the program with SIGKILL, children included: nobody is left to tidy up. */
    public void kill() {
        // Stopped first, so that a supervisor neither restarts its children nor tells them to end
        // in
        // order, which for keepalived would be a planned stop instead of a crash.
        signal(process.toHandle(), SIGSTOP);
        children().forEach(child -> signal(child, SIGKILL));
        signal(process.toHandle(), SIGKILL);
        awaitExit(30, TimeUnit.SECONDS);
    }

    /**
     * Waits for the program's end.
     *
     * @return its exit status
     * @throws LabException if it is still running after that time
     */
    public int awaitExit(long time, TimeUnit unit) {
        try {
            if (process.waitFor(time, unit)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted while waiting for the end of " + label + ".", e);
        }
        throw new LabException(
                label + " is still running after " + time + " " + unit + ".\n" + tail(40));
    }

    /** All output so far. */
    public String output() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LabException("The output of " + label + " cannot be read: " + e, e);
        }
    }

    /** The last {@code lines} lines of the output, under a heading that names the program. */
    public String tail(int lines) {
        List<String> all = output().lines().toList();
        String state = isAlive() ? "running" : "exited with " + process.exitValue();
        return "--- "
                + label
                + " ("
                + state
                + ")\n"
                + String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()))
                + "\n";
    }

    /** Ends the program: SIGTERM, and SIGKILL for what is left after 3 s. Does nothing once ended. */
    @Override
    public void close() {
        terminate();
        try {
            process.waitFor(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (process.isAlive()) {
            kill();
        }
    }

    private List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    private void signal(ProcessHandle target, int signal) {
        if (!target.isAlive()) {
            return;
        }
        try {
            libc.kill((int) target.pid(), signal);
        } catch (LastErrorException e) {
            if (target.isAlive()) {
                throw new LabException(
                        "Signal " + signal + " cannot be sent to " + label + ": " + e, e);
            }
        }
    }
}

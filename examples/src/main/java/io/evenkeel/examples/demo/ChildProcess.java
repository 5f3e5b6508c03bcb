package io.evenkeel.examples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process of the demo: tells what it observes in lines on its standard output, logs to a file,
 * and ends when its standard input does, that is, when the demo is gone for whatever reason.
 */
final class ChildProcess implements AutoCloseable {
    private static final int KILLED = 128 + 9;
    private static final long GRACE_MILLIS = 1000;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static ChildProcess start(
            String name, List<String> command, Path directory, Consumer<String> lines)
            throws IOException {
        Path log = directory.resolve(name + ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        Thread reader = new Thread(() -> read(process, lines), "demo-reads-" + name);
        reader.setDaemon(true);
        reader.start();
        return new ChildProcess(name, process, log);
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            // The pipe broke with the process that wrote to it: there is nothing more to read.
            lines.accept("gone " + e.getMessage());
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    boolean wasKilled() {
        return exitCode().orElse(0) == KILLED;
    }

    void send(String line) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** SIGKILL. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** SIGTERM; what the process says in its last moments is still read. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** The last line of its log, for a sentence that explains its end. */
    String lastWords() {
        try {
            List<String> lines =
                    Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "it logged nothing" : lines.get(lines.size() - 1).strip();
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        terminate();
        try {
            if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                kill();
                process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}

package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An {@code ip} that runs in a host already and waits for its command: starting a program takes longer than what is measured. */
final class PreparedCommand implements AutoCloseable {
    private final Process process;

    PreparedCommand(LabHost host) {
        try {
            process =
                    new ProcessBuilder(
                                    List.of(
                                            Programs.require("ip"),
                                            "-n",
                                            host.namespace(),
                                            "-batch",
                                            "-"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException("ip cannot be started: " + e, e);
        }
    }

    /** Has it carry out {@code command}, such as {@code addr del}; does not wait. */
    void run(String command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("ip cannot be told to " + command + ": " + e, e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

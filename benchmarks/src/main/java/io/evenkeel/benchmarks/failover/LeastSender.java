package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.CommandResult;
import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The least that an Active can do, in C: waits for the next time, and sends. What it takes, the machine takes. */
final class LeastSender {
    private static final String SOURCE = "least.c";

    private LeastSender() {}

    /** The CPU that it takes on host 1, in percent of one core; none if there is no C compiler. */
    static Samples measure(Settings settings, Routers routers, int seconds) {
        try (Cluster cluster = new Cluster(settings, routers, Pair.KEEPALIVED)) {
            LabHost host = cluster.host(1);
            Path program = host.directory().resolve("least");
            if (!compile(host, program)) {
                settings.tell("No C compiler (cc), so the least that an Active can do is unknown.");
                return Samples.of();
            }
            cluster.stopCapture();
            String interval = Integer.toString(routers.intervalMillis());
            LabProcess least =
                    host.start("least", List.of(program.toString(), Cluster.FIRST, interval));
            Await.pass(Duration.ofSeconds(1));
            return CpuShare.of(least, seconds);
        }
    }

    private static boolean compile(LabHost host, Path program) {
        Path source = host.directory().resolve(SOURCE);
        try (InputStream resource = LeastSender.class.getResourceAsStream(SOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(SOURCE + " is not in this jar.");
            }
            Files.copy(resource, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CommandResult compiled = host.run("cc", "-O2", "-o", program.toString(), source.toString());
        return compiled.succeeded();
    }
}

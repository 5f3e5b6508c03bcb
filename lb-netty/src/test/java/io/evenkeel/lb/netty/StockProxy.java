package io.evenkeel.lb.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** HAProxy or nginx as a child process on loopback, as long as a test runs. */
final class StockProxy implements AutoCloseable {
    private final Process process;

    private StockProxy(Process process) {
        this.process = process;
    }

    /**
     * Returns when it listens.
     *
     * @param port one that the configuration listens on
     */
    static StockProxy haproxy(Path directory, String configuration, int port) throws Exception {
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        return start(List.of(program("haproxy"), "-db", "-f", file.toString()), directory, port);
    }

    /** The same with nginx, of which the configuration may name the directory by {@code DIR}. */
    static StockProxy nginx(Path directory, String configuration, int port) throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("nginx.conf"),
                        configuration.replace("DIR", directory.toString()));
        return start(
                List.of(program("nginx"), "-p", directory.toString(), "-c", file.toString()),
                directory,
                port);
    }

    private static String program(String name) {
        for (String directory : List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin")) {
            Path path = Path.of(directory, name);
            if (Files.isExecutable(path)) {
                return path.toString();
            }
        }
        String reason = name + " is not installed";
        if ("required".equals(System.getenv("EVENKEEL_IT"))) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
        return name;
    }

    private static StockProxy start(List<String> command, Path directory, int port)
            throws Exception {
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        StockProxy started = new StockProxy(process);
        try {
            Await.until(
                    command + " listens",
                    () -> {
                        if (!process.isAlive()) {
                            throw new AssertionError(Files.readString(output));
                        }
                        return listens(port);
                    });
        } catch (Exception | AssertionError e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }
}

package io.evenkeel.lb.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL or Redis server as a child process on loopback, as long as a test runs. */
final class ServiceProcess implements AutoCloseable {
    /** The one that the package makes; PostgreSQL refuses to run as root. */
    private static final String POSTGRES_USER = "postgres";

    private final Process process;
    private final Path output;
    private final int port;
    private @Nullable Path data;

    private ServiceProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** With a cluster of its own in a new directory, which it needs no other rights for than its user's. */
    static ServiceProcess postgresql(Path directory) throws Exception {
        Path programs = postgresqlPrograms();
        Path data = Files.createTempDirectory("evenkeel-postgresql-");
        run(List.of("chown", POSTGRES_USER, data.toString()), directory);
        run(
                asPostgres(
                        programs.resolve("initdb").toString(),
                        "--no-sync",
                        "--auth=trust",
                        "--pgdata=" + data),
                directory);
        int port = TcpServer.unusedPort();
        ServiceProcess started =
                start(
                        asPostgres(
                                programs.resolve("postgres").toString(),
                                "-D",
                                data.toString(),
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-k",
                                "",
                                "-F"),
                        directory,
                        port,
                        "database system is ready to accept connections");
        started.data = data;
        return started;
    }

    private static List<String> asPostgres(String... command) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=" + POSTGRES_USER,
                                "--regid=" + POSTGRES_USER,
                                "--clear-groups"));
        Collections.addAll(all, command);
        return all;
    }

    private static Path postgresqlPrograms() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> each = Files.list(versions)) {
                Path found = each.max(Path::compareTo).orElse(versions).resolve("bin");
                if (Files.isExecutable(found.resolve("postgres"))) {
                    return found;
                }
            }
        }
        throw missing("postgresql");
    }

    /** In memory alone. */
    static ServiceProcess redis(Path directory, String... options) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/redis-server"))) {
            throw missing("redis-server");
        }
        int port = TcpServer.unusedPort();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "/usr/bin/redis-server",
                                "--bind",
                                "127.0.0.1",
                                "--port",
                                Integer.toString(port),
                                "--dir",
                                directory.toString(),
                                "--save",
                                ""));
        Collections.addAll(command, options);
        return start(command, directory, port, "Ready to accept connections");
    }

    private static Error missing(String name) {
        String reason = name + " is not installed";
        if ("required".equals(System.getenv("EVENKEEL_IT"))) {
            Assertions.fail(reason);
        }
        return Assumptions.abort(reason);
    }

    private static void run(List<String> command, Path directory) throws Exception {
        Path output = directory.resolve("preparation");
        Process process = launch(command, output);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(command + " failed: " + Files.readString(output));
        }
    }

    private static Process launch(List<String> command, Path output) throws IOException {
        return new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Returns when it listens and has said {@code ready}. */
    private static ServiceProcess start(
            List<String> command, Path directory, int port, String ready) throws Exception {
        Path output = directory.resolve("output");
        Process process = launch(command, output);
        ServiceProcess started = new ServiceProcess(process, output, port);
        try {
            Await.until(
                    () -> {
                        if (!process.isAlive()) {
                            throw new AssertionError(started.output());
                        }
                        return started.output().contains(ready) && listens(port);
                    },
                    started::output);
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

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            // It is in the temporary directory.
        }
    }

    int port() {
        return port;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
        if (data != null) {
            delete(data);
        }
    }
}

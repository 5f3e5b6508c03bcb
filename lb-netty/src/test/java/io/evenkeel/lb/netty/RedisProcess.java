package io.evenkeel.lb.netty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Redis server on a local port that keeps nothing. */
public final class RedisProcess implements AutoCloseable {
    private final int port;
    private final Process process;

    private RedisProcess(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** On any port. */
    public static RedisProcess start(Path directory) throws Exception {
        return startAt(TcpServer.unusedPort(), directory);
    }

    /**
     * Runs until it is closed.
     *
     * @param port for clear text
     * @param options of {@code redis-server}
     */
    static RedisProcess startAt(int port, Path directory, String... options) throws Exception {
        Path log = Files.createTempFile(directory, "redis", ".log");
        List<String> command = new ArrayList<>();
        command.addAll(List.of("redis-server", "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", directory.toString()));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--loglevel", "warning"));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        RedisProcess redis = new RedisProcess(port, process);
        try {
            Await.until(
                    "redis answers",
                    () -> {
                        if (!process.isAlive()) {
                            throw new AssertionError(Files.readString(log));
                        }
                        return redis.answers();
                    });
        } catch (Exception | AssertionError e) {
            redis.close();
            throw e;
        }
        return redis;
    }

    private boolean answers() {
        try {
            // One with a password answers an error.
            return !tell("PING").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** The first line of what it answers to a command. */
    String tell(String command) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            return String.valueOf(
                    new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine());
        }
    }

    /** How many keys it has. */
    int size() throws IOException {
        return Integer.parseInt(tell("DBSIZE").substring(1));
    }

    /** Has it hang, or go on. */
    void setHung(boolean value) throws Exception {
        Process kill =
                new ProcessBuilder("kill", value ? "-STOP" : "-CONT", Long.toString(process.pid()))
                        .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill has failed");
        }
    }

    /** By SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
    }
}

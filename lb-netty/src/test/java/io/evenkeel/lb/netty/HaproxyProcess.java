package io.evenkeel.lb.netty;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real HAProxy, of which a test asks what it holds. */
final class HaproxyProcess implements AutoCloseable {
    private final Path directory;
    private final Process process;

    private HaproxyProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** Runs until it is closed; {@code config} comes after a global section. */
    static HaproxyProcess start(Path directory, String localPeer, String config) throws Exception {
        Path file = directory.resolve("haproxy.cfg");
        Path log = directory.resolve("haproxy.log");
        Files.writeString(
                file,
                """
                global
                    localpeer %s
                    stats socket %s level admin
                defaults
                    mode tcp
                    timeout client 10s
                    timeout server 10s
                    timeout connect 2s
                """
                                .formatted(localPeer, directory.resolve("stats"))
                        + config);
        Process process =
                new ProcessBuilder(program(), "-db", "-f", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        HaproxyProcess haproxy = new HaproxyProcess(directory, process);
        try {
            Await.until(
                    "haproxy answers",
                    () -> {
                        if (!process.isAlive()) {
                            throw new AssertionError(Files.readString(log));
                        }
                        return haproxy.answers();
                    });
        } catch (Exception | AssertionError e) {
            haproxy.close();
            throw e;
        }
        return haproxy;
    }

    private static String program() {
        for (String path :
                List.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy")) {
            if (Files.isExecutable(Path.of(path))) {
                return path;
            }
        }
        return "haproxy";
    }

    private boolean answers() {
        try {
            return !tell("show info").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** What it answers to a command. */
    String tell(String command) throws IOException {
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(directory.resolve("stats")));
            socket.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            StringBuilder answer = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (socket.read(buffer) >= 0) {
                answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
                buffer.clear();
            }
            return answer.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}

package io.evenkeel.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code evenkeel archive}: does once what every start does, so that the JVM, which the launcher script has told to, stores the classes of
 * that when it ends, and from Java 25 on what it has learnt of them.
 */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = {
            "Stores the classes that a start needs beside the jar, so that later starts are faster.",
            "The launcher script uses what is stored as long as neither the jar nor the Java changes."
        })
final class ArchiveCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 200;

    /** When it goes on with fewer. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final String KEEPALIVED =
            """
            vrrp_instance archive {
                state BACKUP
                interface lo
                virtual_router_id 1
                priority 100
                advert_int 1
                virtual_ipaddress {
                    192.0.2.1/24
                }
            }
            """;

    private static final String HAPROXY =
            """
            defaults
                mode tcp
                timeout connect 1s
                timeout client 5s
                timeout server 5s
            frontend archive
                bind 127.0.0.1:%d
                default_backend servers
            backend servers
                balance roundrobin
                server one 127.0.0.1:%d check
            """;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Path folder = Files.createTempDirectory("evenkeel-archive");
        Path keepalived = folder.resolve("keepalived.conf");
        Path haproxy = folder.resolve("haproxy.cfg");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 64, loopback)) {
            Thread answering = new Thread(() -> answer(server), "evenkeel-archive");
            answering.setDaemon(true);
            answering.start();
            int port = freePort(loopback);
            Files.writeString(keepalived, KEEPALIVED);
            Files.writeString(haproxy, String.format(HAPROXY, port, server.getLocalPort()));
            // Only read: an address would need root, and a network.
            ConfigFiles.read(keepalived, null, "");
            return run(haproxy, loopback, port, err);
        } finally {
            Files.deleteIfExists(keepalived);
            Files.deleteIfExists(haproxy);
            Files.delete(folder);
        }
    }

    /** The very way of a start, from the reading of the file to the end. */
    private static int run(Path haproxy, InetAddress loopback, int port, PrintWriter err)
            throws IOException, InterruptedException {
        NodeProcess process =
                new NodeProcess(() -> ConfigFiles.read(null, haproxy, ""), null, null);
        FutureTask<Integer> running = new FutureTask<>(() -> process.run(err));
        new Thread(running, "evenkeel-archive-run").start();
        long end = System.nanoTime() + LIMIT.toNanos();
        int exchanges = 0;
        while (exchanges < CONNECTIONS && !running.isDone() && System.nanoTime() < end) {
            if (exchange(loopback, port)) {
                exchanges++;
            } else {
                Thread.sleep(1);
            }
        }
        process.stop();
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static int freePort(InetAddress address) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, address)) {
            return free.getLocalPort();
        }
    }

    private static void answer(ServerSocket server) {
        while (true) {
            try (Socket client = server.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    /** @return false if it came before the proxy listened or the server was known to be up */
    private static boolean exchange(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes().length > 0;
        } catch (SocketException e) {
            return false;
        }
    }
}

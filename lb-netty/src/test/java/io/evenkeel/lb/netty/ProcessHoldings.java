package io.evenkeel.lb.netty;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this process holds of that which a proxy can leak.
 *
 * @param descriptors how many of each kind: socket, pipe, anon_inode:[eventpoll] and the like; no files, which class loading
 *     keeps open
 * @param directBytes Netty's direct memory, in bytes
 * @param threads how many threads of proxies there are
 */
record ProcessHoldings(Map<String, Integer> descriptors, long directBytes, long threads) {
    static ProcessHoldings now() throws IOException {
        Map<String, Integer> descriptors = new TreeMap<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : open) {
                try {
                    String target = Files.readSymbolicLink(each).toString();
                    if (!target.startsWith("/")) {
                        descriptors.merge(target.replaceFirst(":\\[\\d+]$", ""), 1, Integer::sum);
                    }
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        }
        long threads =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("evenkeel-"))
                        .count();
        return new ProcessHoldings(descriptors, PlatformDependent.usedDirectMemory(), threads);
    }

    /** What the kernel says of the sockets, for whoever looks for the one too many. */
    static String sockets() throws IOException {
        StringBuilder told = new StringBuilder();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : open) {
                String target = String.valueOf(Files.readSymbolicLink(each));
                if (target.startsWith("socket:[")) {
                    String inode = " " + target.substring(8, target.length() - 1) + " ";
                    told.append('\n').append(each.getFileName()).append(" ").append(target);
                    for (String kind : List.of("tcp", "tcp6", "udp", "udp6", "unix", "netlink")) {
                        Files.readAllLines(Path.of("/proc/net/" + kind)).stream()
                                .filter(line -> line.contains(inode))
                                .forEach(line -> told.append(' ').append(kind).append(line));
                    }
                }
            }
        }
        return told.toString();
    }

    /**
     * The JDK keeps some sockets for ever: from the first time that it uses any, and from the first time that one is closed while a
     * thread waits for it.
     */
    static void warmUp() throws IOException {
        // The server is closed first, and finds its threads waiting.
        try (Socket client = new Socket();
                SocketChannel channel = SocketChannel.open();
                Selector selector = Selector.open();
                TcpServer server = TcpServer.echo()) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            channel.connect(address);
            channel.configureBlocking(false);
            channel.register(selector, 0);
            selector.selectNow();
            client.connect(address);
            client.getOutputStream().write(1);
            client.getInputStream().read();
        }
    }

    boolean isNoMoreThan(ProcessHoldings other) {
        return directBytes <= other.directBytes
                && threads <= other.threads
                && descriptors.entrySet().stream()
                        .allMatch(
                                held ->
                                        held.getValue()
                                                <= other.descriptors.getOrDefault(
                                                        held.getKey(), 0));
    }
}

package io.evenkeel.lb.netty;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    /** The JDK keeps some sockets for ever from the first time that it uses any. */
    static void warmUp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel channel = SocketChannel.open();
                Selector selector = Selector.open()) {
            channel.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
            channel.configureBlocking(false);
            channel.register(selector, 0);
            selector.selectNow();
            server.accept().close();
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

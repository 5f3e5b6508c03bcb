package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.SourceConfig;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Opens Linux sockets: a listener per event loop, and also on addresses that the host does not own yet. */
final class NativeSockets {
    private NativeSockets() {}

    static List<ListenSocket> listen(
            Readiness.Source source,
            List<IoEventLoop> loops,
            InetSocketAddress address,
            ListenConfig config,
            boolean mayOverlap)
            throws IOException {
        if (!mayOverlap) {
            // SO_REUSEPORT would let two processes share a port in silence; a bind without it finds
            // out first.
            NativeListenSocket.bind(source, loops.get(0), address, config, false).close();
        }
        List<NativeListenSocket> listeners = new ArrayList<>(loops.size());
        try {
            InetSocketAddress actual = address;
            for (IoEventLoop loop : loops) {
                NativeListenSocket listener =
                        NativeListenSocket.bind(source, loop, actual, config, true);
                listeners.add(listener);
                // The first one may have been given a port.
                actual = listener.localAddress();
            }
            for (NativeListenSocket listener : listeners) {
                listener.listen(config.backlog());
            }
        } catch (IOException | RuntimeException e) {
            listeners.forEach(NativeListenSocket::close);
            throw e;
        }
        return List.copyOf(listeners);
    }

    /**
     * Opens a socket as those to a server are, but for its address.
     *
     * @throws IOException saying what the host refuses, without a full stop
     */
    static void tryOut(ConnectConfig config) throws IOException {
        SourceConfig source = config.source();
        if (source == null) {
            return;
        }
        boolean ipv6 = source.hosts().get(0).indexOf(':') >= 0;
        LinuxSocket socket = LinuxSocket.newSocketStream(ipv6);
        try {
            LinuxOptions.device(socket, source.device());
            if (source.isTransparent()) {
                LinuxOptions.transparent(socket, ipv6);
            }
        } finally {
            LoopRegistration.closeQuietly(socket::close, "a trial socket");
        }
    }

    static StreamSocket stream(
            Readiness.Source source,
            IoEventLoop loop,
            InetSocketAddress remote,
            StreamSocket.Listener listener)
            throws IOException {
        LinuxSocket socket =
                LinuxSocket.newSocketStream(remote.getAddress() instanceof Inet6Address);
        try {
            socket.setTcpNoDelay(true);
            return new NativeStreamSocket(source, loop, socket, listener);
        } catch (IOException e) {
            LoopRegistration.closeQuietly(socket::close, "a connection");
            throw e;
        }
    }
}

package io.evenkeel.lb.netty;

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
            int backlog,
            boolean mayOverlap)
            throws IOException {
        if (!mayOverlap) {
            // SO_REUSEPORT would let two processes share a port in silence; a bind without it finds
            // out first.
            NativeListenSocket.bind(source, loops.get(0), address, false).close();
        }
        List<NativeListenSocket> listeners = new ArrayList<>(loops.size());
        try {
            InetSocketAddress actual = address;
            for (IoEventLoop loop : loops) {
                NativeListenSocket listener = NativeListenSocket.bind(source, loop, actual, true);
                listeners.add(listener);
                // The first one may have been given a port.
                actual = listener.localAddress();
            }
            for (NativeListenSocket listener : listeners) {
                listener.listen(backlog);
            }
        } catch (IOException | RuntimeException e) {
            listeners.forEach(NativeListenSocket::close);
            throw e;
        }
        return List.copyOf(listeners);
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
            return new NativeStreamSocket(source, loop, socket, listener);
        } catch (IOException e) {
            LoopRegistration.closeQuietly(socket::close, "a connection");
            throw e;
        }
    }
}

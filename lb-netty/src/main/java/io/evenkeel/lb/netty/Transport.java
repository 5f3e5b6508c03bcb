package io.evenkeel.lb.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** How sockets are driven. */
enum Transport {
    /** Linux' epoll, through Netty's native library: a listener per event loop, addresses not owned yet. */
    EPOLL {
        @Override
        IoHandlerFactory ioHandlerFactory() {
            return EpollIoHandler.newFactory();
        }

        @Override
        Class<? extends Channel> channelType() {
            return EpollSocketChannel.class;
        }

        @Override
        List<ListenSocket> listen(
                List<IoEventLoop> loops, InetSocketAddress address, int backlog, boolean mayOverlap)
                throws IOException {
            if (!mayOverlap) {
                // SO_REUSEPORT would let two processes share a port in silence; a bind without it
                // finds out first.
                EpollListenSocket.bind(loops.get(0), address, false).close();
            }
            List<EpollListenSocket> listeners = new ArrayList<>(loops.size());
            try {
                InetSocketAddress actual = address;
                for (IoEventLoop loop : loops) {
                    EpollListenSocket listener = EpollListenSocket.bind(loop, actual, true);
                    listeners.add(listener);
                    // The first one may have been given a port.
                    actual = listener.localAddress();
                }
                for (EpollListenSocket listener : listeners) {
                    listener.listen(backlog);
                }
            } catch (IOException | RuntimeException e) {
                listeners.forEach(EpollListenSocket::close);
                throw e;
            }
            return List.copyOf(listeners);
        }

        @Override
        StreamSocket newSocket(
                IoEventLoop loop, InetSocketAddress remote, StreamSocket.Listener listener)
                throws IOException {
            LinuxSocket socket =
                    LinuxSocket.newSocketStream(remote.getAddress() instanceof Inet6Address);
            try {
                return new EpollStreamSocket(loop, socket, listener);
            } catch (IOException e) {
                LoopRegistration.closeQuietly(socket::close, "a connection");
                throw e;
            }
        }
    },

    /** The JDK's selectors: one listener per address, and only on addresses that the host owns. */
    NIO {
        @Override
        IoHandlerFactory ioHandlerFactory() {
            return NioIoHandler.newFactory();
        }

        @Override
        Class<? extends Channel> channelType() {
            return NioSocketChannel.class;
        }

        @Override
        List<ListenSocket> listen(
                List<IoEventLoop> loops, InetSocketAddress address, int backlog, boolean mayOverlap)
                throws IOException {
            return List.of(NioListenSocket.listen(loops.get(0), address, backlog));
        }

        @Override
        StreamSocket newSocket(
                IoEventLoop loop, InetSocketAddress remote, StreamSocket.Listener listener)
                throws IOException {
            SocketChannel channel = SocketChannel.open();
            try {
                return new NioStreamSocket(loop, channel, listener);
            } catch (IOException e) {
                LoopRegistration.closeQuietly(channel::close, "a connection");
                throw e;
            }
        }
    };

    abstract IoHandlerFactory ioHandlerFactory();

    /** What health checks connect with. */
    abstract Class<? extends Channel> channelType();

    /**
     * Binds and listens; connections queue up in the kernel until the sockets are registered.
     *
     * @param mayOverlap whether this process may listen there already, and on epoll does not mind
     */
    abstract List<ListenSocket> listen(
            List<IoEventLoop> loops, InetSocketAddress address, int backlog, boolean mayOverlap)
            throws IOException;

    /** A socket that will connect to {@code remote}. */
    abstract StreamSocket newSocket(
            IoEventLoop loop, InetSocketAddress remote, StreamSocket.Listener listener)
            throws IOException;

    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.ListenConfig;
import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the sockets of connections are driven. What a proxy does is the same with each, but for what an item says; datagrams have epoll
 * where connections have io_uring.
 */
public enum Transport {
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
        Class<? extends DatagramChannel> datagramChannelType() {
            return EpollDatagramChannel.class;
        }

        @Override
        List<ListenSocket> listen(
                List<IoEventLoop> loops,
                InetSocketAddress address,
                ListenConfig config,
                boolean mayOverlap)
                throws IOException {
            return NativeSockets.listen(EpollReadiness::new, loops, address, config, mayOverlap);
        }

        @Override
        StreamSocket newSocket(
                IoEventLoop loop, InetSocketAddress remote, StreamSocket.Listener listener)
                throws IOException {
            return NativeSockets.stream(EpollReadiness::new, loop, remote, listener);
        }

        @Override
        @Nullable Throwable unavailability() {
            return Epoll.unavailabilityCause();
        }
    },

    /**
     * Linux' io_uring in the place of epoll, with the same sockets: what is short is sent with one system call for many connections. Not chosen
     * by itself: it is not clearly faster, and many containers forbid it.
     */
    IO_URING {
        @Override
        IoHandlerFactory ioHandlerFactory() {
            return IoUringIoHandler.newFactory();
        }

        @Override
        Class<? extends Channel> channelType() {
            return IoUringSocketChannel.class;
        }

        @Override
        Class<? extends DatagramChannel> datagramChannelType() {
            return IoUringDatagramChannel.class;
        }

        @Override
        List<ListenSocket> listen(
                List<IoEventLoop> loops,
                InetSocketAddress address,
                ListenConfig config,
                boolean mayOverlap)
                throws IOException {
            return NativeSockets.listen(UringReadiness::new, loops, address, config, mayOverlap);
        }

        @Override
        StreamSocket newSocket(
                IoEventLoop loop, InetSocketAddress remote, StreamSocket.Listener listener)
                throws IOException {
            return NativeSockets.stream(UringReadiness::new, loop, remote, listener);
        }

        @Override
        @Nullable Throwable unavailability() {
            Throwable cause = IoUring.unavailabilityCause();
            return cause == null && !IoUring.isPollAddMultishotEnabled()
                    ? new UnsupportedOperationException(
                            "the kernel has no multishot poll; Linux 5.13 brings it")
                    : cause;
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
        Class<? extends DatagramChannel> datagramChannelType() {
            return NioDatagramChannel.class;
        }

        @Override
        List<ListenSocket> listen(
                List<IoEventLoop> loops,
                InetSocketAddress address,
                ListenConfig config,
                boolean mayOverlap)
                throws IOException {
            return List.of(NioListenSocket.listen(loops.get(0), address, config));
        }

        @Override
        @Nullable String missing(ConnectConfig config) {
            return NioOptions.missing(config);
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

    /** What health checks connect with, and questions to name servers. */
    abstract Class<? extends Channel> channelType();

    /** What name servers are asked with. */
    abstract Class<? extends DatagramChannel> datagramChannelType();

    /**
     * Binds and listens; connections queue up in the kernel until the sockets are registered.
     *
     * @param mayOverlap whether this process may listen there already, and on epoll does not mind
     */
    abstract List<ListenSocket> listen(
            List<IoEventLoop> loops,
            InetSocketAddress address,
            ListenConfig config,
            boolean mayOverlap)
            throws IOException;

    /**
     * What connections to a server cannot be as configured, without a full stop; null if they can.
     *
     * @throws IOException saying the same, if the host refuses it
     */
    @Nullable String missing(ConnectConfig config) throws IOException {
        NativeSockets.tryOut(config);
        return null;
    }

    /** A socket that will connect to {@code remote}. */
    abstract StreamSocket newSocket(
            IoEventLoop loop, InetSocketAddress remote, StreamSocket.Listener listener)
            throws IOException;

    /** Whether this host, or the container, allows it. */
    public boolean isAvailable() {
        return unavailability() == null;
    }

    /** Why it is not available; null if it is. */
    @Nullable Throwable unavailability() {
        return null;
    }

    /** Epoll, or NIO where there is none: io_uring is for those who ask for it, see {@link #IO_URING}. */
    static Transport best() {
        return EPOLL.isAvailable() ? EPOLL : NIO;
    }
}

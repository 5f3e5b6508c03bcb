package io.evenkeel.lb.netty;

import io.evenkeel.lb.ListenConfig;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening socket on Netty's NIO loop. It cannot be bound to an address that the host does not own yet. */
final class NioListenSocket implements ListenSocket, NioIoHandle {
    private final IoEventLoop loop;
    private final ServerSocketChannel channel;
    private final ListenConfig config;
    private @Nullable IoRegistration registration;
    private @Nullable Runnable onConnections;

    private NioListenSocket(IoEventLoop loop, ServerSocketChannel channel, ListenConfig config) {
        this.loop = loop;
        this.channel = channel;
        this.config = config;
    }

    static NioListenSocket listen(IoEventLoop loop, InetSocketAddress address, ListenConfig config)
            throws IOException {
        String missing = NioOptions.missing(config);
        if (missing != null) {
            throw new IOException(missing);
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (config.buffers().receiveBytes() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, config.buffers().receiveBytes());
            }
            channel.bind(address, config.backlog());
        } catch (IOException | RuntimeException e) {
            LoopRegistration.closeQuietly(channel::close, "a listener");
            throw e;
        }
        return new NioListenSocket(loop, channel, config);
    }

    @Override
    public boolean accept(Taker taker) throws IOException {
        SocketChannel accepted = channel.accept();
        if (accepted == null) {
            return false;
        }
        StreamSocket stream;
        InetSocketAddress remote;
        try {
            remote = (InetSocketAddress) accepted.getRemoteAddress();
            NioOptions.keepAlive(accepted, config.keepAlive());
            NioOptions.buffers(accepted, config.buffers());
            StreamSocket.Listener owner = taker.listener();
            stream = new NioStreamSocket(taker.loop(), accepted, owner);
        } catch (Throwable e) {
            LoopRegistration.closeQuietly(accepted::close, "a connection");
            throw e;
        }
        taker.accepted(stream, remote);
        return true;
    }

    @Override
    public boolean reject() throws IOException {
        SocketChannel rejected = channel.accept();
        if (rejected == null) {
            return false;
        }
        try {
            rejected.setOption(StandardSocketOptions.SO_LINGER, 0);
        } finally {
            LoopRegistration.closeQuietly(rejected::close, "a connection");
        }
        return true;
    }

    @Override
    public void register(Runnable connections) throws IOException {
        onConnections = connections;
        registration = LoopRegistration.register(loop, this);
        pause(false);
    }

    @Override
    public void pause(boolean paused) {
        IoRegistration registered = registration;
        if (registered != null && channel.isOpen()) {
            registered.submit(paused ? NioIoOps.NONE : NioIoOps.ACCEPT);
        }
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        Runnable connections = onConnections;
        try {
            if (connections != null && channel.isOpen()) {
                connections.run();
            }
        } catch (Throwable e) {
            LastResort.log("Accepting connections", e);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    @Override
    public void close() {
        IoRegistration registered = registration;
        if (registered != null) {
            registered.cancel();
        }
        LoopRegistration.closeQuietly(channel::close, "a listener");
    }

    @Override
    public SelectableChannel selectableChannel() {
        return channel;
    }
}

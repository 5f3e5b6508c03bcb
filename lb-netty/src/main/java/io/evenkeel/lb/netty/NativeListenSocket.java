package io.evenkeel.lb.netty;

import io.evenkeel.lb.ListenConfig;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A listening Linux socket, driven by epoll or io_uring. */
final class NativeListenSocket implements ListenSocket, Readiness.Listener {

    private final Socket socket;
    // Length and bytes of the peer's address, as Netty's accept fills them in.
    private final byte[] peer = new byte[25];
    private final Readiness.Source source;
    private final Readiness readiness;
    private @Nullable Runnable onConnections;

    private NativeListenSocket(Readiness.Source source, IoEventLoop loop, Socket socket) {
        this.source = source;
        this.socket = socket;
        readiness = source.of(loop, socket, this);
    }

    /**
     * Binds, but does not listen yet. IP_FREEBIND: a Backup is bound before the address is its own.
     *
     * @param shared whether other sockets of this process may be bound to the same address (SO_REUSEPORT)
     */
    static NativeListenSocket bind(
            Readiness.Source source,
            IoEventLoop loop,
            InetSocketAddress address,
            ListenConfig config,
            boolean shared)
            throws IOException {
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        LinuxSocket socket = LinuxSocket.newSocketStream(ipv6);
        try {
            socket.setReuseAddress(true);
            socket.setReusePort(shared);
            // Its connections inherit it.
            socket.setTcpNoDelay(true);
            LinuxOptions.listener(socket, config, ipv6);
            socket.bind(address);
        } catch (IOException | RuntimeException e) {
            LoopRegistration.closeQuietly(socket::close, "a listener");
            throw e;
        }
        return new NativeListenSocket(source, loop, socket);
    }

    void listen(int backlog) throws IOException {
        socket.listen(backlog);
    }

    @Override
    public boolean accept(Taker taker) throws IOException {
        int fd = socket.accept(peer);
        if (fd < 0) {
            return false;
        }
        Socket accepted = new Socket(fd);
        StreamSocket stream;
        InetSocketAddress remote;
        try {
            remote = NativeInetAddress.address(peer, 1, peer[0]);
            StreamSocket.Listener owner = taker.listener();
            stream = new NativeStreamSocket(source, taker.loop(), accepted, owner);
        } catch (Throwable e) {
            LoopRegistration.closeQuietly(accepted::close, "a connection");
            throw e;
        }
        taker.accepted(stream, remote);
        return true;
    }

    @Override
    public boolean reject() throws IOException {
        int fd = socket.accept(peer);
        if (fd < 0) {
            return false;
        }
        Socket rejected = new Socket(fd);
        try {
            rejected.setSoLinger(0);
        } finally {
            LoopRegistration.closeQuietly(rejected::close, "a connection");
        }
        return true;
    }

    @Override
    public void register(Runnable connections) throws IOException {
        onConnections = connections;
        readiness.start(false);
    }

    @Override
    public void pause(boolean paused) {
        // Edge-triggered: what is not accepted is not reported again.
    }

    @Override
    public void onReadiness(int events) {
        Runnable connections = onConnections;
        if (connections != null && socket.isOpen()) {
            connections.run();
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    @Override
    public void close() {
        if (socket.isOpen()) {
            readiness.closeSocket("a listener");
        }
    }
}

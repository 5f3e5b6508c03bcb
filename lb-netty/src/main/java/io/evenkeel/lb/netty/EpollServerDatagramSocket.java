package io.evenkeel.lb.netty;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One on Netty's epoll loop, level-triggered: most sessions have one answer and are over with it. */
final class EpollServerDatagramSocket implements ServerDatagramSocket, EpollIoHandle {
    private final Socket socket;
    private final Reader reader;
    private @Nullable IoRegistration registration;

    private EpollServerDatagramSocket(Socket socket, Reader reader) {
        this.socket = socket;
        this.reader = reader;
    }

    /** On the loop. */
    static EpollServerDatagramSocket connect(
            IoEventLoop loop, InetSocketAddress remote, Reader reader) throws IOException {
        Socket socket = LinuxSocket.newSocketDgram(remote.getAddress() instanceof Inet6Address);
        try {
            socket.connect(remote);
            EpollServerDatagramSocket connected = new EpollServerDatagramSocket(socket, reader);
            IoRegistration registered = LoopRegistration.register(loop, connected);
            connected.registration = registered;
            registered.submit(EpollIoOps.EPOLLIN);
            return connected;
        } catch (IOException | RuntimeException e) {
            LoopRegistration.closeQuietly(socket::close, "a UDP socket");
            throw e;
        }
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        if (socket.isOpen()) {
            reader.onReadable();
        }
    }

    @Override
    public boolean send(ByteBuffer datagram) throws IOException {
        // Nothing sent is also what an empty datagram looks like.
        return socket.send(datagram, datagram.position(), datagram.limit()) > 0
                || !datagram.hasRemaining();
    }

    @Override
    public boolean receive(ByteBuffer into) throws IOException {
        int n = socket.recv(into, into.position(), into.limit());
        if (n > 0) {
            into.position(into.position() + n);
        }
        // Netty takes 0 bytes for the end of a stream; here it is an empty datagram.
        return n != 0;
    }

    @Override
    public void close() {
        if (socket.isOpen()) {
            LoopRegistration.closeQuietly(socket::close, "a UDP socket");
            IoRegistration registered = registration;
            if (registered != null) {
                registered.cancel();
            }
        }
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }
}

package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A Linux socket, driven by epoll or io_uring. */
final class EpollServerDatagramSocket implements ServerDatagramSocket, Readiness.Listener {
    private final Socket socket;
    private final Reader reader;
    private final Readiness readiness;

    private EpollServerDatagramSocket(IoEventLoop loop, Socket socket, Reader reader) {
        this.socket = socket;
        this.reader = reader;
        readiness = new EpollReadiness(loop, socket, this);
    }

    /** On the loop. */
    static EpollServerDatagramSocket connect(
            IoEventLoop loop, InetSocketAddress remote, Reader reader) throws IOException {
        Socket socket = LinuxSocket.newSocketDgram(remote.getAddress() instanceof Inet6Address);
        EpollServerDatagramSocket connected = new EpollServerDatagramSocket(loop, socket, reader);
        try {
            socket.connect(remote);
            connected.readiness.start(false);
            return connected;
        } catch (IOException | RuntimeException e) {
            connected.close();
            throw e;
        }
    }

    @Override
    public void onReadiness(int events) {
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
            readiness.closeSocket("a UDP socket");
        }
    }
}

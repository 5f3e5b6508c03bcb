package io.evenkeel.lb.netty;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * A socket on Netty's epoll loop, edge-triggered: a session that moves bytes without ever being blocked costs one
 * {@code epoll_ctl} per socket in its whole life, and a hung-up socket that nobody reads costs nothing.
 */
final class EpollStreamSocket extends StreamSocket implements EpollIoHandle {
    private static final int EPOLLIN = EpollIoOps.EPOLLIN.value();
    private static final int EPOLLOUT = EpollIoOps.EPOLLOUT.value();
    private static final int EPOLLERR = EpollIoOps.EPOLLERR.value();
    private static final int EPOLLHUP = 0x10;
    private static final int EPOLLRDHUP = EpollIoOps.EPOLLRDHUP.value();

    private static final EpollIoOps READ =
            EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLET);
    private static final EpollIoOps READ_AND_WRITE = READ.with(EpollIoOps.EPOLLOUT);

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int TCP_INFO_BYTES = 148;
    private static final int TCP_INFO_UNACKED = 24;
    private static final int TCP_INFO_NOTSENT_BYTES = 144;

    private final IoEventLoop loop;
    private final Socket socket;
    private @Nullable IoRegistration registration;
    private boolean writeArmed;

    EpollStreamSocket(IoEventLoop loop, Socket socket, Listener listener) throws IOException {
        super(listener);
        this.loop = loop;
        this.socket = socket;
        socket.setTcpNoDelay(true);
    }

    @Override
    void register() throws IOException {
        register(READ);
    }

    private void register(EpollIoOps ops) throws IOException {
        IoRegistration registered = LoopRegistration.register(loop, this);
        registration = registered;
        registered.submit(ops);
    }

    @Override
    void connect(InetSocketAddress remote) throws IOException {
        startedConnecting();
        boolean established = socket.connect(remote);
        if (established) {
            register(READ);
            loop.execute(() -> connected(null));
        } else {
            writeArmed = true;
            register(READ_AND_WRITE);
        }
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        if (isClosed()) {
            return;
        }
        int ops = ((EpollIoEvent) event).ops().value();
        if (isConnecting()) {
            if ((ops & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0 && writeArmed) {
                finishConnect();
            }
            return;
        }
        boolean error = (ops & EPOLLERR) != 0;
        boolean hangUp = (ops & (EPOLLRDHUP | EPOLLHUP)) != 0 || error;
        ready(
                hangUp || (ops & EPOLLIN) != 0,
                (ops & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0,
                hangUp,
                error);
    }

    private void finishConnect() {
        try {
            socket.finishConnect();
        } catch (IOException e) {
            connected(e);
            return;
        }
        if (socket.remoteAddress() == null) {
            // Not connected after all: the event was meant for an earlier socket with this
            // descriptor number.
            return;
        }
        writeArmed = false;
        submit(READ);
        connected(null);
    }

    private void submit(EpollIoOps ops) {
        IoRegistration registered = registration;
        if (registered != null) {
            registered.submit(ops);
        }
    }

    @Override
    void wantRead(boolean wanted) {
        // Edge-triggered: an edge that nobody wants is remembered, not repeated.
    }

    @Override
    void wantWrite() {
        // Stays armed: a session that was blocked once will be blocked again.
        if (!writeArmed && !isClosed()) {
            writeArmed = true;
            submit(READ_AND_WRITE);
        }
    }

    @Override
    int readNow(ByteBuffer into) throws IOException {
        int n = socket.recv(into, into.position(), into.limit());
        if (n > 0) {
            into.position(into.position() + n);
        }
        return n;
    }

    @Override
    int writeNow(ByteBuffer from) throws IOException {
        int n = socket.send(from, from.position(), from.limit());
        if (n > 0) {
            from.position(from.position() + n);
        }
        return n;
    }

    @Override
    void shutdownOutput() throws IOException {
        try {
            socket.shutdown(false, true);
        } catch (NotYetConnectedException e) {
            // ENOTCONN: a reset has ended the connection before it was read. Unchecked, so it would
            // pass every handler here and stop the event loop for a second.
            throw new IOException("The connection was reset before its end was sent.", e);
        }
    }

    @Override
    boolean outputDelivered() {
        ByteBuffer info = ByteBuffer.allocate(TCP_INFO_BYTES).order(ByteOrder.nativeOrder());
        try {
            socket.getRawOpt(IPPROTO_TCP, TCP_INFO, info);
        } catch (IOException e) {
            // A socket that cannot say any more has nothing left to deliver.
            return true;
        }
        return info.getInt(TCP_INFO_UNACKED) == 0 && info.getInt(TCP_INFO_NOTSENT_BYTES) == 0;
    }

    @Override
    boolean reportsHangUp() {
        return true;
    }

    @Override
    InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    @Override
    void closeNow(boolean reset) {
        try {
            if (reset) {
                socket.setSoLinger(0);
            }
        } catch (IOException e) {
            // The connection is gone already; closing the descriptor is all that is left.
        } finally {
            LoopRegistration.closeQuietly(socket::close, "a connection");
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

package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectConfig;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A socket on Netty's NIO loop, for hosts without epoll. Level-triggered: interest is dropped while paused. */
final class NioStreamSocket extends StreamSocket implements NioIoHandle {
    /** NIO cannot ask the kernel what was acknowledged: this long after the last write it is taken to be. */
    private static final long DELIVERY_GRACE_NANOS = 20_000_000;

    private final IoEventLoop loop;
    private final SocketChannel channel;
    private @Nullable IoRegistration registration;
    private int interest;
    private long lastWriteNanos = System.nanoTime() - DELIVERY_GRACE_NANOS;

    NioStreamSocket(IoEventLoop loop, SocketChannel channel, Listener listener) throws IOException {
        super(listener);
        this.loop = loop;
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @Override
    void register() throws IOException {
        registration = LoopRegistration.register(loop, this);
        setInterest(SelectionKey.OP_READ);
    }

    /** Without an option that chooses the port later, an address has its local ports once for all servers. */
    @Override
    void prepare(ConnectConfig config, @Nullable InetSocketAddress local) throws IOException {
        NioOptions.keepAlive(channel, config.keepAlive());
        NioOptions.buffers(channel, config.buffers());
        if (local != null) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, local.getPort() != 0);
            channel.bind(local);
        }
    }

    @Override
    void connect(InetSocketAddress remote) throws IOException {
        startedConnecting();
        boolean established = channel.connect(remote);
        registration = LoopRegistration.register(loop, this);
        if (established) {
            setInterest(SelectionKey.OP_READ);
            loop.execute(() -> connected(null));
        } else {
            setInterest(SelectionKey.OP_CONNECT);
        }
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        if (isClosed()) {
            return;
        }
        try {
            look(source.<SelectionKey>attachment().readyOps());
        } catch (CancelledKeyException e) {
            // Closed meanwhile.
        } catch (Throwable e) {
            reportBug(e);
        }
    }

    private void look(int ops) {
        if (isConnecting()) {
            if ((ops & SelectionKey.OP_CONNECT) != 0) {
                finishConnect();
            }
            return;
        }
        boolean writable = (ops & SelectionKey.OP_WRITE) != 0;
        if (writable) {
            setInterest(interest & ~SelectionKey.OP_WRITE);
        }
        // NIO does not tell a hang-up from data: a read finds out.
        ready((ops & SelectionKey.OP_READ) != 0, writable, false, false);
    }

    private void finishConnect() {
        try {
            if (!channel.finishConnect()) {
                return;
            }
        } catch (IOException e) {
            connected(e);
            return;
        }
        setInterest(SelectionKey.OP_READ);
        connected(null);
    }

    private void setInterest(int ops) {
        IoRegistration registered = registration;
        if (registered != null && interest != ops && !isClosed()) {
            interest = ops;
            registered.submit(NioIoOps.valueOf(ops));
        }
    }

    @Override
    void wantRead(boolean wanted) {
        setInterest(wanted ? interest | SelectionKey.OP_READ : interest & ~SelectionKey.OP_READ);
    }

    @Override
    void wantWrite() {
        setInterest(interest | SelectionKey.OP_WRITE);
    }

    @Override
    int readNow(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    int writeNow(ByteBuffer from) throws IOException {
        lastWriteNanos = System.nanoTime();
        return channel.write(from);
    }

    @Override
    boolean shutdownOutput() throws IOException {
        try {
            channel.shutdownOutput();
            return true;
        } catch (NotYetConnectedException e) {
            throw gone(e);
        }
    }

    @Override
    boolean outputDelivered() {
        return System.nanoTime() - lastWriteNanos >= DELIVERY_GRACE_NANOS;
    }

    @Override
    boolean reportsHangUp() {
        return false;
    }

    @Override
    InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    @Override
    void closeNow(boolean reset) {
        try {
            if (reset) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // The connection is gone already; closing the descriptor is all that is left.
        } finally {
            IoRegistration registered = registration;
            if (registered != null) {
                registered.cancel();
            }
            LoopRegistration.closeQuietly(channel::close, "a connection");
        }
    }

    @Override
    public SelectableChannel selectableChannel() {
        return channel;
    }
}

package io.evenkeel.lb.netty;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * By epoll. A session that moves bytes without ever being blocked costs one {@code epoll_ctl} per socket in its whole
 * life, or two if it lasts, and a hung-up socket that nobody reads costs nothing.
 */
final class EpollReadiness implements Readiness, EpollIoHandle, Runnable {
    private static final EpollIoOps READ =
            EpollIoOps.EPOLLIN
                    .with(EpollIoOps.EPOLLRDHUP)
                    .with(EpollIoOps.EPOLLET)
                    .with(EpollIoOps.valueOf(URGENT));
    private static final EpollIoOps READ_AND_WRITE = READ.with(EpollIoOps.EPOLLOUT);

    private final IoEventLoop loop;
    private final Socket socket;
    private final Listener listener;
    private EpollIoOps wanted = READ;
    private @Nullable IoRegistration registration;

    /** Until the end of the turn in which it started: the loop has not asked the kernel about this socket yet. */
    private boolean unasked;

    EpollReadiness(IoEventLoop loop, Socket socket, Listener listener) {
        this.loop = loop;
        this.socket = socket;
        this.listener = listener;
    }

    @Override
    public void start(boolean alsoWrites) throws IOException {
        registration = LoopRegistration.register(loop, this);
        unasked = true;
        ((SingleThreadEventLoop) loop).executeAfterEventLoopIteration(this);
        submit(alsoWrites ? READ_AND_WRITE : READ);
    }

    @Override
    public void wantWrites() {
        submit(READ_AND_WRITE);
    }

    /** Netty makes an object for every event that tells of reading and of writing. */
    @Override
    public void wantNoWrites() {
        submit(READ);
    }

    /** The turn is over. */
    @Override
    public void run() {
        unasked = false;
    }

    private void submit(EpollIoOps events) {
        wanted = events;
        IoRegistration registered = registration;
        if (registered != null) {
            registered.submit(events);
        }
    }

    /** In this order, which saves an {@code epoll_ctl}. */
    @Override
    public void closeSocket(String what) {
        LoopRegistration.closeQuietly(socket::close, what);
        IoRegistration registered = registration;
        if (registered != null) {
            registered.cancel();
        }
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        if (unasked) {
            // It is about an earlier socket that was closed in this turn and had this number. Asked
            // again, the kernel tells whatever is true of this one.
            submit(wanted);
            return;
        }
        try {
            listener.onReadiness(((EpollIoEvent) event).ops().value());
        } catch (Throwable e) {
            LastResort.log("What follows from an event of a socket", e);
        }
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void close() {
        closeSocket("a socket");
    }
}

package io.evenkeel.lb.netty;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Socket;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoOps;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By io_uring: one request per socket in its whole life, a poll that goes on telling (multishot). It always asks for
 * writing too: the kernel tells of that only after a write that it could not take, so it costs nothing.
 */
final class UringReadiness implements Readiness, IoUringIoHandle {
    private static final byte POLL_ADD = 6;
    private static final byte ASYNC_CANCEL = 14;
    private static final byte SEND = 26;
    private static final int MULTISHOT = 1;
    private static final int MORE_WILL_FOLLOW = 1 << 1;
    private static final int EVENTS = IN | URGENT | OUT | PEER_HANG_UP;

    // MSG_NOSIGNAL and MSG_DONTWAIT: what is not taken at once is told, and the poll tells when
    // more is.
    private static final int NO_SIGNAL_AND_NO_WAIT = 0x4000 | 0x40;

    private final IoEventLoop loop;
    private final Socket socket;
    private final Listener listener;
    private @Nullable IoRegistration registration;
    private long poll;
    private boolean posting;
    private @Nullable String closingWhat;

    UringReadiness(IoEventLoop loop, Socket socket, Listener listener) {
        this.loop = loop;
        this.socket = socket;
        this.listener = listener;
    }

    @Override
    public void start(boolean alsoWrites) throws IOException {
        IoRegistration registered = LoopRegistration.register(loop, this);
        registration = registered;
        poll(registered);
    }

    private void poll(IoRegistration registered) {
        poll = registered.submit(request(POLL_ADD, socket.intValue(), 0, MULTISHOT, EVENTS));
    }

    private static IoUringIoOps request(
            byte operation, int descriptor, long address, int length, int events) {
        short none = 0;
        return new IoUringIoOps(
                operation,
                (byte) 0,
                none,
                descriptor,
                0L,
                address,
                length,
                events,
                0L,
                none,
                none,
                0,
                0L);
    }

    @Override
    public void wantWrites() {
        // Told anyway.
    }

    @Override
    public boolean canPost() {
        return true;
    }

    @Override
    public void post(long address, int length) {
        IoRegistration registered = Objects.requireNonNull(registration, "start() comes first");
        registered.submit(request(SEND, socket.intValue(), address, length, NO_SIGNAL_AND_NO_WAIT));
        posting = true;
    }

    /**
     * While the poll lasts it holds on to the socket: closing the descriptor alone would send nothing. And while something is posted the
     * descriptor must not become another connection's.
     */
    @Override
    public void closeSocket(String what) {
        if (posting) {
            closingWhat = what;
            return;
        }
        IoRegistration registered = registration;
        if (registered != null && registered.isValid()) {
            registered.submit(request(ASYNC_CANCEL, -1, poll, 0, 0));
            registered.cancel();
        }
        LoopRegistration.closeQuietly(socket::close, what);
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        try {
            look(source, (IoUringIoEvent) event);
        } catch (Throwable e) {
            LastResort.log("What follows from an event of a socket", e);
        }
    }

    private void look(IoRegistration source, IoUringIoEvent completion) {
        if (completion.opcode() == SEND) {
            posted(completion.res());
            return;
        }
        if (completion.opcode() != POLL_ADD || closingWhat != null || !source.isValid()) {
            return;
        }
        if ((completion.flags() & MORE_WILL_FOLLOW) == 0) {
            // The kernel had no room to tell more. A new poll begins with what is the case now.
            poll(source);
        }
        if (completion.res() > 0) {
            listener.onReadiness(completion.res());
        }
    }

    private void posted(int result) {
        posting = false;
        String what = closingWhat;
        try {
            if (what != null) {
                closeSocket(what);
            }
        } finally {
            listener.onPosted(result);
        }
    }

    @Override
    public void close() {
        closeSocket("a socket");
    }
}

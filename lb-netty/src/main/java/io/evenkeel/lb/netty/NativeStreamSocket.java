package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.SourceConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.NotYetConnectedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Linux socket, driven by epoll or io_uring. */
final class NativeStreamSocket extends StreamSocket implements Readiness.Listener {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_CORK = 3;
    private static final int TCP_INFO = 11;
    private static final int TCP_QUICKACK = 12;
    private static final int TCP_INFO_BYTES = 148;
    private static final int TCP_INFO_UNACKED = 24;
    private static final int TCP_INFO_BYTES_RECEIVED = 128;
    private static final int TCP_INFO_NOTSENT_BYTES = 144;

    private final IoEventLoop loop;
    private final Socket socket;
    private final Readiness readiness;
    private boolean writeArmed;
    private boolean wasBlocked;
    private boolean hasAnswered;
    private @Nullable Chunk posted;
    private @Nullable PostListener whenPosted;
    private int eventsBeforeConnected;

    NativeStreamSocket(Readiness.Source source, IoEventLoop loop, Socket socket, Listener listener)
            throws IOException {
        super(listener);
        this.loop = loop;
        this.socket = socket;
        readiness = source.of(loop, socket, this);
    }

    @Override
    void register() throws IOException {
        readiness.start(false);
    }

    @Override
    void prepare(ConnectConfig config, @Nullable InetSocketAddress local) throws IOException {
        LinuxOptions.life(socket, config.keepAlive(), config.userTimeoutNanos());
        LinuxOptions.buffers(socket, config.buffers());
        SourceConfig source = config.source();
        if (source == null) {
            return;
        }
        LinuxOptions.device(socket, source.device());
        if (local == null) {
            return;
        }
        if (source.isTransparent()) {
            LinuxOptions.transparent(socket, local.getAddress() instanceof Inet6Address);
        }
        if (local.getPort() == 0) {
            LinuxOptions.choosePortLater(socket);
        } else {
            // Connections to other servers may have the same port.
            socket.setReuseAddress(true);
        }
        socket.bind(local);
    }

    @Override
    void connect(InetSocketAddress remote) throws IOException {
        startedConnecting();
        boolean established = socket.connect(remote);
        if (established) {
            readiness.start(false);
            loop.execute(this::establishedAtOnce);
        } else {
            writeArmed = true;
            readiness.start(true);
        }
    }

    @Override
    public void onReadiness(int events) {
        if (isClosed()) {
            return;
        }
        try {
            look(events);
        } catch (Throwable e) {
            reportBug(e);
        }
    }

    private void look(int events) {
        if (isConnecting()) {
            if (!writeArmed) {
                eventsBeforeConnected |= events;
            } else if ((events & (Readiness.OUT | Readiness.ERROR | Readiness.HANG_UP)) != 0) {
                finishConnect();
            }
            if (isClosed() || isConnecting()) {
                return;
            }
            // The server may have answered, and even gone, by now: io_uring tells it only once.
        }
        if ((events & Readiness.URGENT) != 0) {
            markUrgent();
        }
        boolean error = (events & Readiness.ERROR) != 0;
        boolean hangUp = (events & (Readiness.PEER_HANG_UP | Readiness.HANG_UP)) != 0 || error;
        ready(
                hangUp || (events & Readiness.IN) != 0,
                (events & (Readiness.OUT | Readiness.HANG_UP | Readiness.ERROR)) != 0,
                hangUp,
                error);
        if (writeArmed && !wasBlocked && !hangUp && (events & Readiness.IN) != 0) {
            forgetConnecting();
        }
    }

    /** Its connection stays for more than an answer: that it can be written is of no interest any more, and told with all that it sends. */
    private void forgetConnecting() {
        if (hasAnswered && !isClosed()) {
            writeArmed = false;
            readiness.wantNoWrites();
        }
        hasAnswered = true;
    }

    private void establishedAtOnce() {
        connected(null);
        if (eventsBeforeConnected != 0) {
            onReadiness(eventsBeforeConnected);
        }
    }

    private void finishConnect() {
        if (socket.remoteAddress() != null) {
            // It may write from now on, and hears no more of that until a write was not taken.
            connected(null);
            return;
        }
        // It failed: what this throws says why.
        try {
            socket.finishConnect();
        } catch (IOException e) {
            connected(e);
        }
    }

    @Override
    void wantRead(boolean wanted) {
        // Edge-triggered: an edge that nobody wants is remembered, not repeated.
    }

    @Override
    void wantWrite() {
        // Stays armed: a session that was blocked once will be blocked again.
        wasBlocked = true;
        if (!writeArmed && !isClosed()) {
            writeArmed = true;
            readiness.wantWrites();
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
    @Nullable SendRoom sendRoom() {
        try {
            return new SendRoom(socket);
        } catch (IOException | ChannelException e) {
            return null;
        }
    }

    @Override
    boolean canPost() {
        return readiness.canPost();
    }

    @Override
    void post(Chunk chunk, PostListener whenDone) {
        ByteBuffer bytes = chunk.bytes();
        posted = chunk;
        whenPosted = whenDone;
        readiness.post(chunk.address() + bytes.position(), bytes.remaining());
    }

    @Override
    public void onPosted(int result) {
        Chunk chunk = Objects.requireNonNull(posted);
        ByteBuffer bytes = chunk.bytes();
        PostListener whenDone = Objects.requireNonNull(whenPosted);
        posted = null;
        whenPosted = null;
        IOException failure = null;
        if (result >= 0) {
            bytes.position(bytes.position() + result);
        } else if (result != Errors.ERRNO_EAGAIN_NEGATIVE) {
            failure = Errors.newIOException("send", result);
        }
        if (bytes.hasRemaining()) {
            markFull();
        }
        try {
            whenDone.onPosted(chunk, failure);
        } catch (Throwable e) {
            reportBug(e);
        }
    }

    @Override
    boolean shutdownOutput() throws IOException {
        try {
            socket.shutdown(false, true);
            return true;
        } catch (NotYetConnectedException e) {
            // ENOTCONN: a reset has ended the connection before it was read. Unchecked, so it would
            // pass every handler here and stop the event loop for a second.
            throw new IOException("The connection was reset before its end was sent.", e);
        }
    }

    @Override
    boolean closeSendsEnd() {
        return true;
    }

    @Override
    void endFollows() {
        set(TCP_CORK, 1);
    }

    @Override
    void bytesFollow() {
        set(TCP_QUICKACK, 0);
    }

    /** An option that saves packets, and no more. */
    private void set(int option, int value) {
        try {
            socket.setIntOpt(IPPROTO_TCP, option, value);
        } catch (IOException e) {
            // Gone already, as the next call will say.
        }
    }

    @Override
    boolean hasReceived() {
        ByteBuffer info = info();
        return info != null && info.getLong(TCP_INFO_BYTES_RECEIVED) > 0;
    }

    @Override
    boolean outputDelivered() {
        ByteBuffer info = info();
        // A socket that cannot say any more has nothing left to deliver.
        return info == null
                || info.getInt(TCP_INFO_UNACKED) == 0 && info.getInt(TCP_INFO_NOTSENT_BYTES) == 0;
    }

    private @Nullable ByteBuffer info() {
        ByteBuffer info = ByteBuffer.allocate(TCP_INFO_BYTES).order(ByteOrder.nativeOrder());
        try {
            socket.getRawOpt(IPPROTO_TCP, TCP_INFO, info);
            return info;
        } catch (IOException e) {
            return null;
        }
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
            readiness.closeSocket("a connection");
        }
    }
}

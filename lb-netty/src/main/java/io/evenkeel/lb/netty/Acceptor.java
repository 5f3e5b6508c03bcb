package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.FrontendConfig;
import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Errors;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the connections of one listening socket on its loop and starts a session for each, there or on a loop that has fewer. */
final class Acceptor implements ListenSocket.Taker {
    private static final Logger LOGGER = LoggerFactory.getLogger(Acceptor.class);

    /** After this many connections the loop's other sockets get their turn. */
    private static final int MAX_ACCEPTS_IN_A_ROW = 64;

    /** When not even the spare descriptor helps: soon enough after that, some may be free again. */
    private static final long PAUSE_AFTER_ERROR_NANOS = 100_000_000L;

    /** The client was gone before its connection was accepted. */
    private static final int ECONNABORTED_NEGATIVE = -103;

    /**
     * Up to so many sessions more than another loop has, a loop keeps what it accepts: giving it away takes a wake-up. The kernel spreads
     * connections by their addresses, which is even for many of them only.
     */
    private static final int SLACK = 1;

    private final LoopContext context;
    private final List<LoopContext> all;
    private final ListenSocket socket;
    private final SessionFactory sessions;
    private final Counters counters;
    private final BindAddress bind;
    private final InetSocketAddress local;
    private Frontend frontend;
    private @Nullable Session next;
    private boolean paused;
    private boolean full;
    private boolean awaitsTurn;
    private boolean closing;

    /** The limit that has to have room again before it goes on, or is asked just now. */
    private volatile @Nullable ConnectionLimit awaited;

    /** Makes the sessions of a proxy. */
    interface SessionFactory {
        Session create(LoopContext context, Frontend frontend, Acceptor acceptor);
    }

    /**
     * @param all the loops that may have what is accepted, {@code context} among them
     */
    Acceptor(
            LoopContext context,
            List<LoopContext> all,
            Frontend frontend,
            ListenSocket socket,
            SessionFactory sessions,
            Counters counters,
            BindAddress bind) {
        this.context = context;
        this.all = all;
        this.frontend = frontend;
        this.socket = socket;
        this.sessions = sessions;
        this.counters = counters;
        this.bind = bind;
        local = socket.localAddress();
    }

    InetSocketAddress localAddress() {
        return local;
    }

    /** Whether that is an acceptor for the same address, as configured. */
    boolean hasAddressOf(Object other) {
        return other instanceof Acceptor that && that.bind.equals(bind);
    }

    LoopContext context() {
        return context;
    }

    /** Its connections are another frontend's from now on; on the loop. */
    void serve(Frontend other) {
        frontend = other;
        next = null;
    }

    /** On the loop. */
    void start() throws IOException {
        socket.register(this::acceptSome);
    }

    /** From any thread: that limit has room again. */
    void resume(ConnectionLimit free) {
        if (awaited == free) {
            context.loop().execute(this::acceptSome);
        }
    }

    /** The same of whatever it waits for: its frontend may have other limits. */
    void resume() {
        if (awaited != null) {
            context.loop().execute(this::acceptSome);
        }
    }

    private void acceptSome() {
        if (closing || paused || awaitsTurn) {
            return;
        }
        for (int i = 0; i < MAX_ACCEPTS_IN_A_ROW; i++) {
            if (!acceptOne()) {
                return;
            }
        }
        awaitsTurn = true;
        context.nextTurn().add(this::takeTurn);
    }

    private void takeTurn() {
        awaitsTurn = false;
        acceptSome();
    }

    /** False if there is none, or none may be taken now. */
    private boolean acceptOne() {
        if (!open()) {
            full = true;
            socket.pause(true);
            return false;
        }
        if (full) {
            full = false;
            socket.pause(false);
        }
        long wait = closing ? 0 : frontend.takeOfRate(System.nanoTime());
        if (wait > 0) {
            frontend.closed();
            pause(wait);
            return false;
        }
        try {
            if (!socket.accept(this)) {
                if (!closing) {
                    frontend.giveBackToRate();
                }
                frontend.closed();
                return false;
            }
            return true;
        } catch (IOException e) {
            frontend.closed();
            if (isAboutOneConnection(e)) {
                counters.acceptErrors.increment();
                return true;
            }
            return rejectOne(e);
        } catch (Throwable e) {
            frontend.closed();
            pauseAfterError();
            LOGGER.error("{} because of a bug; please report it.", describe(), e);
            return false;
        }
    }

    private boolean open() {
        ConnectionLimit own = frontend.limit();
        ConnectionLimit ofAll = frontend.limitOfAll();
        // Set first: whoever closes a connection after the limit was asked sees it.
        awaited = own;
        if (!own.tryOpen()) {
            return false;
        }
        awaited = ofAll;
        if (!ofAll.tryOpen()) {
            own.closed();
            return false;
        }
        awaited = null;
        return true;
    }

    private static boolean isAboutOneConnection(Exception error) {
        return error instanceof Errors.NativeIoException nativeError
                && nativeError.expectedErr() == ECONNABORTED_NEGATIVE;
    }

    /**
     * Whatever the error says, which is text where the JDK tells it: if descriptors ran out, the spare one resets the connection that
     * would otherwise wait for nothing. False if there is none: the kernel wants a descriptor before it looks for a connection.
     */
    private boolean rejectOne(IOException error) {
        SpareDescriptor spare = context.spare();
        spare.giveUp();
        try {
            if (!socket.reject()) {
                return false;
            }
            counters.shed.increment();
            context.shortage().record(context.loop(), describe(), error);
            return true;
        } catch (IOException e) {
            if (isAboutOneConnection(e)) {
                return true;
            }
            context.shortage().record(context.loop(), describe(), error);
            pauseAfterError();
            return false;
        } finally {
            spare.hold();
        }
    }

    private String describe() {
        return "Frontend "
                + frontend.config().name()
                + " could not accept a connection on "
                + local;
    }

    private void pauseAfterError() {
        counters.acceptErrors.increment();
        pause(PAUSE_AFTER_ERROR_NANOS);
    }

    private void pause(long nanos) {
        paused = true;
        socket.pause(true);
        context.loop().schedule(this::afterPause, nanos, TimeUnit.NANOSECONDS);
    }

    private void afterPause() {
        paused = false;
        context.spare().hold();
        if (!closing) {
            socket.pause(false);
            acceptSome();
        }
    }

    /**
     * Serves what is in the accept queue already, then stops to listen; on the loop, whose other sockets have their turns meanwhile. Closing
     * at once would reset those connections. What waits there for the accept rate is served too, since nobody else will; what is above
     * a limit of connections at a time is reset.
     *
     * @param backlog how many may be in the queue: who comes while it is emptied comes too late
     * @param whenClosed told on the loop
     */
    void close(int backlog, Promise<Void> whenClosed) {
        if (closing) {
            whenClosed.setSuccess(null);
            return;
        }
        closing = true;
        acceptRest(backlog, whenClosed);
    }

    private void acceptRest(int atMost, Promise<Void> whenClosed) {
        int left = atMost;
        int now = MAX_ACCEPTS_IN_A_ROW;
        boolean empty = false;
        try {
            while (left > 0 && now > 0 && !empty) {
                empty = !acceptOne();
                left--;
                now--;
            }
        } catch (Throwable e) {
            // Who waits for this would wait for ever.
            socket.close();
            whenClosed.setFailure(e);
            return;
        }
        if (left > 0 && !empty) {
            int rest = left;
            context.nextTurn().add(() -> acceptRest(rest, whenClosed));
            return;
        }
        socket.close();
        whenClosed.setSuccess(null);
    }

    @Override
    public StreamSocket.Listener listener() {
        Session session = next;
        if (session == null) {
            session = sessions.create(leastLoaded(), frontend, this);
            next = session;
        }
        return session;
    }

    private LoopContext leastLoaded() {
        LoopContext least = context;
        for (LoopContext other : all) {
            if (other.assigned() + SLACK < least.assigned()) {
                least = other;
            }
        }
        return least;
    }

    @Override
    public IoEventLoop loop() {
        return Objects.requireNonNull(next, "listener() comes first").context().loop();
    }

    @Override
    public void accepted(StreamSocket stream, InetSocketAddress remote) {
        Session session = Objects.requireNonNull(next, "listener() comes first");
        next = null;
        counters.opened();
        LoopContext target = session.context();
        target.assign();
        if (target == context) {
            start(session, frontend, stream, remote);
        } else {
            Frontend now = frontend;
            target.loop().execute(() -> start(session, now, stream, remote));
        }
    }

    /** On the session's loop. */
    private void start(
            Session session, Frontend its, StreamSocket stream, InetSocketAddress remote) {
        LoopContext target = session.context();
        ClientAddresses addresses = new ClientAddresses(stream, remote, local);
        FrontendConfig config = its.config(bind);
        BindTlsConfig tls = config.tls(bind);
        session.start(
                tls == null
                        ? stream
                        : new AcceptedTlsSocket(target, stream, target.tls().bind(tls), session),
                new Arrival(its.routing(), config.proxyHeaderSenders(bind), addresses));
    }
}

package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Carries a handshake through. What takes long of it, such as to check certificates, is done on other threads, so that the loop's other
 * connections do not wait for it. Used by the loop's thread alone.
 */
final class TlsHandshake {
    /** Of a failed handshake so many records are sent at most, for the peer to know why. */
    private static final int MOST_ALERTS = 4;

    private final SSLEngine engine;
    private final TlsInput input;
    private final TlsOutput output;
    private final StreamSocket below;
    private final LoopContext context;
    private final Listener listener;
    private boolean busy;
    private boolean abandoned;
    private boolean done;
    private @Nullable Throwable taskFailure;

    /** Hears of the end. */
    interface Listener {
        /** It succeeded if {@code failure} is null. */
        void onHandshake(@Nullable SSLException failure);
    }

    TlsHandshake(
            SSLEngine engine,
            TlsInput input,
            TlsOutput output,
            StreamSocket below,
            LoopContext context,
            Listener listener) {
        this.engine = engine;
        this.input = input;
        this.output = output;
        this.below = below;
        this.context = context;
        this.listener = listener;
    }

    void start() {
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            end(e);
            return;
        }
        advance();
    }

    /** Does what can be done now. */
    void advance() {
        if (busy || done) {
            return;
        }
        SSLException failure = null;
        try {
            if (!run()) {
                return;
            }
        } catch (SSLException e) {
            failure = e;
            sayWhy();
        } catch (IOException e) {
            failure = new SSLException("the connection was reset", e);
        }
        end(failure);
    }

    private void end(@Nullable SSLException failure) {
        done = true;
        listener.onHandshake(failure);
    }

    /** False if it depends on what is still to come. */
    private boolean run() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    runTasks(context.loop());
                    return false;
                }
                case NEED_WRAP -> {
                    if (!output.sendOwn()) {
                        below.wantWrite();
                        return false;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!output.flush()) {
                        below.wantWrite();
                        return false;
                    }
                    if (!receive()) {
                        return false;
                    }
                }
                default -> {
                    if (!output.flush()) {
                        below.wantWrite();
                        return false;
                    }
                    input.open();
                    return true;
                }
            }
        }
    }

    private boolean receive() throws IOException {
        ByteBuffer bytes = context.chunks().scratch().bytes().clear();
        boolean some = input.unwrap(bytes);
        input.keep(bytes.flip());
        if (!some && !input.fill(false)) {
            IOException broken = input.broken();
            if (broken != null) {
                throw broken;
            }
            if (!input.ended()) {
                return false;
            }
        }
        if (input.ended()) {
            throw new SSLException("the peer has closed the connection");
        }
        return true;
    }

    private void runTasks(IoEventLoop loop) {
        busy = true;
        // A selector would report the same bytes again and again.
        below.wantRead(false);
        context.tls()
                .execute(
                        () -> {
                            try {
                                Runnable task;
                                while ((task = engine.getDelegatedTask()) != null) {
                                    task.run();
                                }
                            } catch (Throwable e) {
                                taskFailure = e;
                            }
                            try {
                                loop.execute(this::resume);
                            } catch (RejectedExecutionException e) {
                                // The loop has ended, and with it the connection.
                                ReferenceCountUtil.release(engine);
                            }
                        });
    }

    private void resume() {
        busy = false;
        if (abandoned) {
            ReferenceCountUtil.release(engine);
            return;
        }
        Throwable failed = taskFailure;
        if (failed != null) {
            below.reportBug(failed);
            return;
        }
        try {
            below.wantRead(true);
            advance();
        } catch (Throwable e) {
            below.reportBug(e);
        }
    }

    /** An alert, as far as the kernel takes it at once. */
    private void sayWhy() {
        try {
            for (int i = 0; i < MOST_ALERTS && !engine.isOutboundDone(); i++) {
                if (!output.sendOwn()) {
                    return;
                }
            }
        } catch (IOException e) {
            // The reason is known; that the peer does not hear it changes nothing.
        }
    }

    /** Gives the engine back, now or when nobody works with it any more. */
    void abandon() {
        if (busy) {
            abandoned = true;
        } else {
            ReferenceCountUtil.release(engine);
        }
    }
}

package io.evenkeel.lb.netty;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One direction of a relay: what was read from one socket and what of it is not yet written to the other. */
final class Direction implements Runnable, StreamSocket.PostListener {
    /** How the source's stream stands. */
    enum Input {
        OPEN,
        /** FIN was read: nothing more comes. */
        FINISHED,
        /** The connection was reset: nothing more comes, and nothing can be sent to the source. */
        RESET
    }

    private final Relay relay;
    final StreamSocket from;
    final StreamSocket to;
    Input input = Input.OPEN;

    /** Read, but not taken by {@link #to} yet: never more than one chunk. */
    @Nullable Chunk pending;

    /** Since when there is something {@link #pending}. */
    long pendingSinceNanos;

    /** Read, and on its way to {@link #to}, which has it until it says so; nothing is {@link #pending} then. */
    @Nullable Chunk posted;

    /** FIN was sent, or writing failed: nothing more may be written. */
    boolean outputEnded;

    /** The source's connection is known to be broken, although a read would say that it has finished. */
    boolean sourceBroken;

    long bytes;

    Direction(Relay relay, StreamSocket from, StreamSocket to) {
        this.relay = relay;
        this.from = from;
        this.to = to;
    }

    /** Goes on after the loop has looked at its other sockets. */
    @Override
    public void run() {
        relay.pump(this);
    }

    @Override
    public void onPosted(@Nullable IOException failure) {
        Chunk chunk = Objects.requireNonNull(posted);
        posted = null;
        relay.onPosted(this, chunk, failure);
    }
}

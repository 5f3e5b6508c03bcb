package io.evenkeel.lb.netty;

import java.io.IOException;
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

    /** Read, but not taken by {@link #to} yet: one chunk at most, and a small one unless the system is short of memory. */
    @Nullable Chunk pending;

    /** Since when there is something {@link #pending}. */
    long pendingSinceNanos;

    /** What was read is on its way to {@link #to}, which has it until it says so; nothing is {@link #pending} then. */
    boolean posted;

    /** How more than a chunk is read at a time; null while chunks will do. */
    @Nullable BulkReads bulk;

    /** FIN was sent, or writing failed: nothing more may be written. */
    boolean outputEnded;

    /** The source's connection is known to be broken, although a read would say that it has finished. */
    boolean sourceBroken;

    /** It goes on in the loop's next turn. */
    boolean awaitsTurn;

    long bytes;

    Direction(Relay relay, StreamSocket from, StreamSocket to) {
        this.relay = relay;
        this.from = from;
        this.to = to;
    }

    int heldBytes() {
        Chunk held = pending;
        return held == null ? 0 : held.capacity();
    }

    void endBulk() {
        BulkReads ended = bulk;
        if (ended != null) {
            bulk = null;
            ended.close();
        }
    }

    /** Goes on after the loop has looked at its other sockets. */
    @Override
    public void run() {
        awaitsTurn = false;
        relay.goOn(this);
    }

    @Override
    public void onPosted(Chunk chunk, @Nullable IOException failure) {
        posted = false;
        relay.onPosted(this, chunk, failure);
    }
}

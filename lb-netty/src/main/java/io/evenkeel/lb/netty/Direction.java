package io.evenkeel.lb.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a relay: reads from one socket and writes to the other, and holds what is read and not yet written.
 * A socket is read only while nothing read from it waits to be written.
 *
 * <p>What follows the end of the input is up to the {@link Relay}.
 */
final class Direction implements Runnable, StreamSocket.PostListener {
    /** How the source's stream stands. */
    enum Input {
        OPEN,
        /** FIN was read: nothing more comes. */
        FINISHED,
        /** The connection was reset: nothing more comes, and nothing can be sent to the source. */
        RESET
    }

    /** After so much in a row the loop's other sockets get their turn (512 KiB, or one large read). */
    private static final int MAX_CHUNKS_IN_A_ROW = 8;

    /** What is longer is written at once: its cost is the copying, not the system call, and the memory is free sooner. */
    private static final int MAX_POSTED_BYTES = 16 * 1024;

    private final Relay relay;
    private final LoopContext context;
    final StreamSocket from;
    final StreamSocket to;

    Input input = Input.OPEN;

    /** FIN was sent, or writing failed: nothing more may be written. */
    boolean outputEnded;

    /** The source's connection is known to be broken, although a read would say that it has finished. */
    boolean sourceBroken;

    /** When the source last sent or took something. */
    long sourceActivityNanos;

    /** The source has finished sending, or was told that the other side has. */
    boolean sourceHalfClosed;

    long sourceHalfClosedNanos;

    /** How much was read. */
    long bytes;

    /** Read, but not taken by {@link #to} yet: one chunk at most, and a small one unless the system is short of memory. */
    private @Nullable Chunk pending;

    private long pendingSinceNanos;

    /** What was read is on its way to {@link #to}, which has it until it says so; nothing is {@link #pending} then. */
    private boolean posted;

    /** How more than a chunk is read at a time; null while chunks will do. */
    private @Nullable BulkReads bulk;

    /** It goes on in the loop's next turn. */
    private boolean awaitsTurn;

    Direction(Relay relay, LoopContext context, StreamSocket from, StreamSocket to) {
        this.relay = relay;
        this.context = context;
        this.from = from;
        this.to = to;
    }

    /** Begins with what was read from the source already; now the direction's. */
    void beginWith(Chunk early) {
        hold(early);
        bytes = early.bytes().remaining();
    }

    /** Whether something read, or the end of it, waits for {@link #to} to be ready. */
    boolean waitsToWrite() {
        return pending != null || (input == Input.FINISHED && !outputEnded);
    }

    /** Whether the source may be read. */
    boolean mayRead() {
        return pending == null && input == Input.OPEN;
    }

    /** Moves what can be moved now, or a little of it if others that have much to move wait for their turn. */
    void pump() {
        if (awaitsTurn) {
            return;
        }
        boolean others = context.nextTurn().isAwaited();
        if (others && bulk != null) {
            awaitTurn();
        } else {
            move(others ? 1 : MAX_CHUNKS_IN_A_ROW);
        }
    }

    private void awaitTurn() {
        awaitsTurn = true;
        context.nextTurn().add(this);
    }

    /** Goes on after the loop has looked at its other sockets. */
    @Override
    public void run() {
        awaitsTurn = false;
        try {
            move(MAX_CHUNKS_IN_A_ROW);
        } catch (Throwable e) {
            to.reportBug(e);
        }
    }

    private void move(int atMost) {
        int left = atMost;
        int full = 0;
        while (mayWrite() && !posted) {
            if (pending != null && !flush()) {
                return;
            }
            if (outputEnded) {
                return;
            }
            if (input != Input.OPEN) {
                relay.endOutput(this);
                return;
            }
            if (!from.readReady()) {
                from.wantRead(true);
                return;
            }
            if (left <= 0) {
                awaitTurn();
                return;
            }
            int read = transfer();
            left -= Math.max(1, read / Chunk.CAPACITY);
            full = read == Chunk.CAPACITY ? full + 1 : 0;
            if (full == BulkReads.AFTER_FULL_CHUNKS && bulk == null) {
                bulk = BulkReads.to(to, chunks());
            }
        }
    }

    private boolean mayWrite() {
        return !outputEnded && !relay.hasEnded();
    }

    /** Reads once, and writes it; returns how many bytes were read. */
    private int transfer() {
        int most = bulkBytes();
        if (most == 0) {
            return transfer(chunks().scratch().bytes().clear(), false);
        }
        int n = transfer(chunks().bulk().bytes().clear().limit(most), true);
        if (n < Chunk.CAPACITY || pending != null) {
            endBulk();
        }
        return n;
    }

    private int transfer(ByteBuffer read, boolean large) {
        int n;
        try {
            n = from.read(read);
        } catch (IOException e) {
            input = Input.RESET;
            return 0;
        }
        if (n < 0) {
            finished();
        } else if (n > 0) {
            readToTheEnd(read);
            bytes += read.position();
            sourceIsActive();
            read.flip();
            if (input == Input.FINISHED) {
                to.endFollows();
            } else if (read.remaining() <= MAX_POSTED_BYTES && !large && chunks().mayPost()) {
                post(chunks().postScratch());
                return n;
            }
            if (write(read) && read.hasRemaining()) {
                hold(large ? chunks().keepRest() : chunks().keepScratch());
                awaitRoom();
            }
        }
        return n;
    }

    /** How much more than a chunk may be read at once; 0 if a chunk is enough. */
    private int bulkBytes() {
        BulkReads reads = bulk;
        if (reads == null) {
            return 0;
        }
        int most = reads.bytes();
        if (most == 0) {
            endBulk();
        }
        return most;
    }

    private void endBulk() {
        BulkReads ended = bulk;
        if (ended != null) {
            bulk = null;
            ended.close();
        }
    }

    /** Where FIN is known to have come, it is read with the last bytes before it, to be sent with them. */
    private void readToTheEnd(ByteBuffer read) {
        while (input == Input.OPEN && from.hungUp() && from.readReady() && read.hasRemaining()) {
            try {
                if (from.read(read) < 0) {
                    finished();
                }
            } catch (IOException e) {
                input = Input.RESET;
            }
        }
    }

    private void finished() {
        input = sourceBroken ? Input.RESET : Input.FINISHED;
        from.wantRead(false);
        relay.onSourceHalfClosed(this);
    }

    private void post(Chunk chunk) {
        posted = true;
        if (to.canPost()) {
            to.post(chunk, this);
        } else {
            context.lateWrites().add(this, chunk);
        }
    }

    /** What was posted is the direction's again. */
    @Override
    public void onPosted(Chunk chunk, @Nullable IOException failure) {
        posted = false;
        boolean mayWrite = mayWrite();
        if (mayWrite && failure == null && chunk.bytes().hasRemaining()) {
            chunks().keepPosted();
            hold(chunk);
            awaitRoom();
            return;
        }
        chunks().takeBack(chunk);
        if (!mayWrite) {
            return;
        }
        if (failure != null) {
            relay.onBrokenOutput(this);
        } else {
            relay.opposite(this).sourceIsActive();
            pump();
        }
    }

    /** Writes what is pending; false if some of it still is, or if writing failed. */
    private boolean flush() {
        Chunk held = pending;
        if (held == null) {
            return true;
        }
        if (!write(held.bytes())) {
            return false;
        }
        if (held.bytes().hasRemaining()) {
            awaitRoom();
            return false;
        }
        releasePending();
        // Nobody read from the source while this was waiting: its silence starts now.
        sourceIsActive();
        return true;
    }

    private boolean write(ByteBuffer read) {
        try {
            if (to.write(read) > 0) {
                relay.opposite(this).sourceIsActive();
            }
            return true;
        } catch (IOException e) {
            relay.onBrokenOutput(this);
            return false;
        }
    }

    private void hold(Chunk chunk) {
        pending = chunk;
        pendingSinceNanos = System.nanoTime();
    }

    private void awaitRoom() {
        from.wantRead(false);
        to.wantWrite();
    }

    private void sourceIsActive() {
        sourceActivityNanos = System.nanoTime();
    }

    /** Drops what is read and not written. */
    void releasePending() {
        Chunk held = pending;
        if (held != null) {
            pending = null;
            chunks().release(held);
        }
    }

    /** Gives every chunk back. */
    void stop() {
        endBulk();
        releasePending();
    }

    /** How long it has held what it holds. */
    long stalledNanos(long nowNanos) {
        return pending == null ? 0 : nowNanos - pendingSinceNanos;
    }

    /** What it holds in memory now. */
    int heldBytes() {
        Chunk held = pending;
        return held == null ? 0 : held.capacity();
    }

    private ChunkPool chunks() {
        return context.chunks();
    }
}

package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is short when the loop has read all that there was to read, where the transport has no such thing itself: a write wakes
 * who waits for it, on a processor that the loop may still want.
 */
final class LateWrites {
    private final IoEventLoop loop;
    private final NextTurn nextTurn;
    private final ArrayDeque<Direction> directions = new ArrayDeque<>();
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private final Runnable step = this::writeAll;
    private boolean awaited;

    LateWrites(IoEventLoop loop, NextTurn nextTurn) {
        this.loop = loop;
        this.nextTurn = nextTurn;
    }

    /** {@link Direction#onPosted} follows, when the chunk is written as far as the kernel takes it, or its socket is closed. */
    void add(Direction direction, Chunk chunk) {
        directions.addLast(direction);
        chunks.addLast(chunk);
        if (!awaited) {
            awaited = true;
            loop.execute(step);
        }
    }

    private void writeAll() {
        try {
            for (int i = directions.size(); i > 0; i--) {
                write(directions.removeFirst(), chunks.removeFirst());
            }
        } finally {
            awaited = !directions.isEmpty();
            if (awaited) {
                // Who was written has had more already: the sockets come first.
                nextTurn.add(step);
            }
        }
    }

    private static void write(Direction direction, Chunk chunk) {
        @Nullable IOException failure = null;
        try {
            if (!direction.to.isClosed()) {
                direction.to.write(chunk.bytes());
            }
        } catch (IOException e) {
            failure = e;
        } catch (Throwable e) {
            // Its session is over; the chunk comes back all the same.
            direction.to.reportBug(e);
        }
        try {
            direction.onPosted(chunk, failure);
        } catch (Throwable e) {
            direction.to.reportBug(e);
        }
    }
}

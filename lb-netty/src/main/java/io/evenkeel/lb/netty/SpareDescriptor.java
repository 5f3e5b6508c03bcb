package io.evenkeel.lb.netty;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that is kept so that there is one left to accept a connection with, and reset it, when the process has no other. Used by
 * its loop's thread alone.
 */
final class SpareDescriptor {
    private @Nullable SocketChannel held;
    private boolean closed;

    /** Takes one for the first time. What it takes to give it back is tried out: a class may be a file, which could not be opened then. */
    void prepare() {
        hold();
        giveUp();
        hold();
    }

    /** Takes one, unless it is held already. Without one, the next call tries again. */
    void hold() {
        if (held == null && !closed) {
            try {
                // A socket needs no file system, which may be another one than at the start.
                held = SocketChannel.open();
            } catch (IOException e) {
                held = null;
            }
        }
    }

    /** Gives it back for good, whoever may still want to {@link #hold} it. */
    void close() {
        closed = true;
        giveUp();
    }

    /** Gives it back, for whatever is opened next. */
    void giveUp() {
        SocketChannel given = held;
        if (given != null) {
            held = null;
            LoopRegistration.closeQuietly(given::close, "the spare descriptor");
        }
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that a configuration names and that cannot be used.
 *
 * @param bind what is listened on with it, of a peers section the first of its addresses; null if it is for a server
 * @param server whose connections need it, as {@code backend/server}; null if it is for a listener or a peer
 * @param message a sentence that names all of this, the file and the reason
 * @see TcpProxy#fileProblems
 */
public record FileProblem(@Nullable BindAddress bind, @Nullable String server, String message) {
    /** The message is required. */
    public FileProblem {
        Objects.requireNonNull(message, "message");
    }

    /** The message. */
    @Override
    public String toString() {
        return message;
    }
}

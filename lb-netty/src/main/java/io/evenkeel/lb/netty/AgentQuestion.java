package io.evenkeel.lb.netty;

import io.evenkeel.lb.CheckStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks an agent once: connect, say what is to be said, read a line. On one loop; ends exactly once. */
final class AgentQuestion implements RunningCheck, CheckSocket.Listener {
    /** A longer line is cut off here. */
    private static final int LONGEST_LINE = 1024;

    private final CheckTimeouts timeouts;
    private final String greeting;
    private final Consumer<@Nullable String> onAnswer;
    private final CheckSocket socket;
    private final CheckTimer timer;
    private final StringBuilder line = new StringBuilder(64);
    private boolean done;

    /**
     * @param greeting each character is one byte; may be empty
     * @param onAnswer gets the line, or null if there is none
     */
    AgentQuestion(
            LoopContext context,
            ByteBufAllocator allocator,
            CheckTimeouts timeouts,
            CheckTarget target,
            String greeting,
            Consumer<@Nullable String> onAnswer) {
        this.timeouts = timeouts;
        this.greeting = greeting;
        this.onAnswer = onAnswer;
        socket = new CheckSocket(context, allocator, target, this);
        timer = new CheckTimer(context.loop(), () -> end(null));
    }

    @Override
    public void start() {
        timer.arm(timeouts.connectNanos());
        socket.open();
    }

    @Override
    public void onConnected() {
        if (timeouts.exchangeNanos() > 0) {
            timer.arm(timeouts.exchangeNanos());
        }
    }

    @Override
    public void onOpen() {
        if (!greeting.isEmpty()) {
            socket.send(greeting.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        while (bytes.isReadable()) {
            char next = (char) (bytes.readByte() & 0xff);
            if (next == '\n' || next == '\r' || line.length() == LONGEST_LINE) {
                end(line.toString());
                return;
            }
            line.append(next);
        }
    }

    /** An agent may end its line by closing. */
    @Override
    public void onClosed() {
        end(line.length() == 0 ? null : line.toString());
    }

    @Override
    public void onFailure(CheckStatus status, String reason) {
        end(null);
    }

    private void end(@Nullable String answer) {
        if (!done) {
            close();
            onAnswer.accept(answer);
        }
    }

    @Override
    public void close() {
        done = true;
        timer.cancel();
        socket.close(false);
    }
}

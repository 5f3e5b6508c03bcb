package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check says to a server and what it expects to hear, step by step ({@code option tcp-check}). Immutable.
 *
 * <pre>{@code
 * TcpCheck.builder().send("PING\r\n").expect("+PONG").build()
 * }</pre>
 *
 * <p>The steps are gone through by a {@link TcpCheckRun}. They start with a connect; where none is given, it is the usual one.
 */
public final class TcpCheck {
    /** HAProxy's {@code tune.bufsize}: more of an answer is not read. */
    public static final int DEFAULT_MAX_RECEIVED_BYTES = 16_384;

    private final List<TcpCheckStep> steps;
    private final boolean connectImplied;
    private final int maxReceivedBytes;

    private TcpCheck(Builder builder) {
        connectImplied = !builder.startsWithConnect();
        List<TcpCheckStep> all = new ArrayList<>();
        if (connectImplied) {
            all.add(TcpConnect.USUAL);
        }
        all.addAll(builder.steps);
        steps = List.copyOf(all);
        maxReceivedBytes = builder.maxReceivedBytes;
    }

    /** A builder without steps. */
    public static Builder builder() {
        return new Builder();
    }

    /** In their order; the first is a connect. */
    public List<TcpCheckStep> steps() {
        return steps;
    }

    /** How many bytes of an answer are kept and looked at. */
    public int maxReceivedBytes() {
        return maxReceivedBytes;
    }

    /** The number by which people know the step: from 1, or 0 for a connect that nobody wrote. */
    int number(int index) {
        return connectImplied ? index : index + 1;
    }

    /** Whether it only connects. */
    boolean onlyConnects() {
        return steps.stream().allMatch(TcpConnect.class::isInstance);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TcpCheck that
                && connectImplied == that.connectImplied
                && maxReceivedBytes == that.maxReceivedBytes
                && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    /** The steps, such as {@code connect; send 'PING\x0d\x0a'; expect string '+PONG'}. */
    @Override
    public String toString() {
        return String.join("; ", steps.stream().map(TcpCheckStep::description).toList());
    }

    /** Builds a {@link TcpCheck}. */
    public static final class Builder {
        private final List<TcpCheckStep> steps = new ArrayList<>();
        private int maxReceivedBytes = DEFAULT_MAX_RECEIVED_BYTES;

        private Builder() {}

        /** Adds a step. */
        public Builder step(TcpCheckStep step) {
            steps.add(step);
            return this;
        }

        /** Sends this text, whose characters are one byte each. */
        public Builder send(String text) {
            return step(new TcpSend(text, null));
        }

        /** Waits until this text is in the answer. */
        public Builder expect(String text) {
            return step(TcpExpect.builder(TcpExpect.Match.STRING, text).build());
        }

        /** Of an answer, 1 to 16 MiB; {@link #DEFAULT_MAX_RECEIVED_BYTES} if not set. */
        public Builder maxReceivedBytes(int value) {
            maxReceivedBytes = value;
            return this;
        }

        private boolean startsWithConnect() {
            return !steps.isEmpty() && steps.get(0) instanceof TcpConnect;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public TcpCheck build() {
            Problems problems = new Problems("tcpCheck");
            problems.range("maxReceivedBytes", maxReceivedBytes, 1, 16 << 20);
            if (!startsWithConnect() && steps.stream().anyMatch(TcpConnect.class::isInstance)) {
                problems.add(
                        "steps",
                        "connect later, so the first must be a connect too; add one in front");
            }
            problems.throwIfAny();
            return new TcpCheck(this);
        }
    }
}

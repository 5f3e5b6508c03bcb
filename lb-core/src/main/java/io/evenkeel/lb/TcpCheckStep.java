package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/** A step of a {@link TcpCheck}. */
public sealed interface TcpCheckStep permits TcpConnect, TcpSend, TcpExpect {
    /** What people say about the step, for the message when it fails; or null. */
    @Nullable String comment();

    /** The step in a few printable words, such as {@code expect string '+PONG'}. */
    String description();
}

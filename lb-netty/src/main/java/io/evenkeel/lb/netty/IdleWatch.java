package io.evenkeel.lb.netty;

import java.util.function.Consumer;

/**
 * Finds out when a relay has been idle for too long: one timer looks at the times that reading and writing leave behind, so that they cost
 * no timer themselves. Used by the loop's thread alone.
 */
final class IdleWatch {
    private final Relay relay;
    private final SessionTimer timer;
    private final Frontend frontend;
    private final Upstream upstream;
    private final Consumer<TerminationCause> onIdle;

    /**
     * @param timer for as long as the relay runs
     * @param onIdle hears once which side was idle
     */
    IdleWatch(
            Relay relay,
            SessionTimer timer,
            Frontend frontend,
            Upstream upstream,
            Consumer<TerminationCause> onIdle) {
        this.relay = relay;
        this.timer = timer;
        this.frontend = frontend;
        this.upstream = upstream;
        this.onIdle = onIdle;
    }

    void look() {
        long now = System.nanoTime();
        TerminationCause expired = timeouts().expired(relay, now);
        if (expired != null) {
            onIdle.accept(expired);
        } else {
            lookAgain(now);
        }
    }

    void onHalfClosed() {
        if (timeouts().dependOnHalfClose()) {
            lookAgain(System.nanoTime());
        }
    }

    /** As they are configured now. */
    private IdleTimeouts timeouts() {
        return IdleTimeouts.of(frontend.config(), upstream.backend().config());
    }

    private void lookAgain(long now) {
        long next = timeouts().untilNextLookNanos(relay, now);
        if (next < Long.MAX_VALUE) {
            timer.arm(this::look, next);
        }
    }
}

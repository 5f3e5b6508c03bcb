package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one timer of a session. Used by its loop's thread alone. */
final class SessionTimer {
    private final IoEventLoop loop;
    private @Nullable ScheduledFuture<?> armed;

    SessionTimer(IoEventLoop loop) {
        this.loop = loop;
    }

    /** Takes that step then, and not the one that it was armed for. */
    void arm(Runnable step, long delayNanos) {
        disarm();
        armed = loop.schedule(step, delayNanos, TimeUnit.NANOSECONDS);
    }

    void disarm() {
        ScheduledFuture<?> before = armed;
        if (before != null) {
            armed = null;
            before.cancel(false);
        }
    }

    /** Takes that step after a pause; after none, in the loop's next turn. */
    void later(Runnable step, long delayNanos) {
        if (delayNanos == 0) {
            loop.execute(step);
        } else {
            arm(step, delayNanos);
        }
    }
}

package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one timer of a check. Used by its loop's thread alone. */
final class CheckTimer {
    private final IoEventLoop loop;
    private final Runnable onTimeout;
    private @Nullable ScheduledFuture<?> armed;

    CheckTimer(IoEventLoop loop, Runnable onTimeout) {
        this.loop = loop;
        this.onTimeout = onTimeout;
    }

    /** The time starts anew. */
    void arm(long nanos) {
        cancel();
        armed = loop.schedule(onTimeout, nanos, TimeUnit.NANOSECONDS);
    }

    void cancel() {
        ScheduledFuture<?> before = armed;
        if (before != null) {
            armed = null;
            before.cancel(false);
        }
    }
}

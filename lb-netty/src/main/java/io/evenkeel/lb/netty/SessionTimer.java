package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one timer of a session. Used by its loop's thread alone. */
final class SessionTimer {
    private final IoEventLoop loop;
    private final Consumer<Throwable> onBug;
    private @Nullable ScheduledFuture<?> armed;

    /** @param onBug hears of what a step has thrown, which the loop would keep to itself */
    SessionTimer(IoEventLoop loop, Consumer<Throwable> onBug) {
        this.loop = loop;
        this.onBug = onBug;
    }

    /** Takes that step then, and not the one that it was armed for. */
    void arm(Runnable step, long delayNanos) {
        disarm();
        armed = loop.schedule(() -> take(step), delayNanos, TimeUnit.NANOSECONDS);
    }

    private void take(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            onBug.accept(e);
        }
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
            loop.execute(() -> take(step));
        } else {
            arm(step, delayNanos);
        }
    }
}

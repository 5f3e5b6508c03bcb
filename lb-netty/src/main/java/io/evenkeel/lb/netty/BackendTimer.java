package io.evenkeel.lb.netty;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a backend when it is its {@link Backend#nextDeadlineNanos()}, which any change may move. */
final class BackendTimer implements BackendObserver {
    private static final Logger LOGGER = LoggerFactory.getLogger(BackendTimer.class);

    private final Backend backend;
    private final EventExecutor loop;
    private @Nullable ScheduledFuture<?> next;

    BackendTimer(Backend backend, EventExecutor loop) {
        this.backend = backend;
        this.loop = loop;
        backend.addObserver(this);
    }

    /** The backend is no longer the proxy's; from any thread. */
    void stop() {
        backend.removeObserver(this);
        LoopPost.offer(loop, this::disarm);
    }

    private void changed() {
        // Later, since the change is not over yet.
        LoopPost.offer(loop, this::arm);
    }

    private void disarm() {
        ScheduledFuture<?> armed = next;
        if (armed != null) {
            armed.cancel(false);
            next = null;
        }
    }

    private void arm() {
        disarm();
        long deadline = backend.nextDeadlineNanos();
        if (deadline != Backend.NO_DEADLINE) {
            next =
                    loop.schedule(
                            this::advance,
                            Math.max(0, deadline - System.nanoTime()),
                            TimeUnit.NANOSECONDS);
        }
    }

    private void advance() {
        next = null;
        try {
            backend.advance(System.nanoTime());
        } catch (Throwable e) {
            LOGGER.warn("An observer of {} failed; the backend goes on.", backend, e);
        }
        arm();
    }

    @Override
    public void onHealthChange(Backend source, Server server, HealthTransition transition) {
        changed();
    }

    @Override
    public void onAdminStateChange(
            Backend source, Server server, AdminState before, AdminState now) {
        changed();
    }

    @Override
    public void onAgentChange(Backend source, Server server, boolean down, String cause) {
        changed();
    }

    @Override
    public void onEjectionChange(Backend source, Server server, boolean ejected, String cause) {
        changed();
    }

    @Override
    public void onServerConfigured(Backend source, Server server) {
        changed();
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a user's observer throws away from the event loops, and names one that holds them up. */
final class SafeObserver implements BackendObserver {
    private static final Logger LOGGER = LoggerFactory.getLogger(SafeObserver.class);

    private static final long SLOW_MILLIS = 50;
    private static final long COMPLAINT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ProxyObserver observer;
    private final AtomicLong complainedNanos = new AtomicLong();

    SafeObserver(ProxyObserver observer) {
        this.observer = observer;
    }

    @Override
    public void onHealthChange(Backend backend, Server server, HealthTransition transition) {
        tell("a health change", to -> to.onHealthChange(backend, server, transition));
    }

    @Override
    public void onAdminStateChange(
            Backend backend, Server server, AdminState before, AdminState now) {
        tell(
                "a server's administrative state",
                to -> to.onAdminStateChange(backend, server, before, now));
    }

    @Override
    public void onCapacityChange(Backend backend, Server server) {
        tell("a server's weight or limit", to -> to.onCapacityChange(backend, server));
    }

    @Override
    public void onAgentChange(Backend backend, Server server, boolean down, String cause) {
        tell("what an agent said", to -> to.onAgentChange(backend, server, down, cause));
    }

    @Override
    public void onAddressChange(
            Backend backend,
            Server server,
            @Nullable ServerAddress before,
            @Nullable ServerAddress now,
            String cause) {
        tell("a server's address", to -> to.onAddressChange(backend, server, before, now, cause));
    }

    @Override
    public void onEjectionChange(Backend backend, Server server, boolean ejected, String cause) {
        tell("a server's ejection", to -> to.onEjectionChange(backend, server, ejected, cause));
    }

    @Override
    public void onFailOpenChange(Backend backend, boolean open) {
        tell("failing open", to -> to.onFailOpenChange(backend, open));
    }

    @Override
    public void onUsableCountChange(Backend backend, int before, int now) {
        tell("a change of the usable servers", to -> to.onUsableCountChange(backend, before, now));
    }

    void onDescriptorShortage(boolean begins, String cause) {
        tell("a shortage of descriptors", to -> to.onDescriptorShortage(begins, cause));
    }

    void onPeerChange(String group, String peer, boolean connected, String cause) {
        tell("a peer", to -> to.onPeerChange(group, peer, connected, cause));
    }

    void onSessionEnd(SessionEnd end) {
        tell("the end of a session", to -> to.onSessionEnd(end));
    }

    private void tell(String what, Consumer<ProxyObserver> news) {
        long begin = System.nanoTime();
        try {
            news.accept(observer);
        } catch (Throwable e) {
            // Errors too: a class that is missing there must not end a loop here.
            LOGGER.warn(
                    "The observer of a proxy failed when told of {}; the proxy goes on.", what, e);
        }
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        if (tookMillis >= SLOW_MILLIS && mayComplain(begin)) {
            LOGGER.warn(
                    "{} took {} ms when told of {}, and all that {} does had to wait, connections among it; have it"
                            + " hand work that may block to a thread of its own.",
                    observer.getClass().getName(),
                    tookMillis,
                    what,
                    Thread.currentThread().getName());
        }
    }

    /** Not of every session. */
    private boolean mayComplain(long nowNanos) {
        long last = complainedNanos.get();
        return (last == 0 || nowNanos - last > COMPLAINT_INTERVAL_NANOS)
                && complainedNanos.compareAndSet(last, nowNanos == 0 ? 1 : nowNanos);
    }
}

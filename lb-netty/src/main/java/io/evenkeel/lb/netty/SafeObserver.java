package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a user's observer throws away from the event loops. */
final class SafeObserver implements BackendObserver {
    private static final Logger LOGGER = LoggerFactory.getLogger(SafeObserver.class);

    private final ProxyObserver observer;

    SafeObserver(ProxyObserver observer) {
        this.observer = observer;
    }

    @Override
    public void onHealthChange(Backend backend, Server server, HealthTransition transition) {
        try {
            observer.onHealthChange(backend, server, transition);
        } catch (RuntimeException e) {
            log("a health change", e);
        }
    }

    @Override
    public void onUsableCountChange(Backend backend, int before, int now) {
        try {
            observer.onUsableCountChange(backend, before, now);
        } catch (RuntimeException e) {
            log("a change of the usable servers", e);
        }
    }

    void onSessionEnd(SessionEnd end) {
        try {
            observer.onSessionEnd(end);
        } catch (RuntimeException e) {
            log("the end of a session", e);
        }
    }

    private static void log(String what, RuntimeException e) {
        LOGGER.warn("The observer of a proxy failed when told of {}; the proxy goes on.", what, e);
    }
}

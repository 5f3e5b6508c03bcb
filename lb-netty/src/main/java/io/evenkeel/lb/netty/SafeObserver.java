package io.evenkeel.lb.netty;

import io.evenkeel.lb.AdminState;
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
    public void onAdminStateChange(
            Backend backend, Server server, AdminState before, AdminState now) {
        try {
            observer.onAdminStateChange(backend, server, before, now);
        } catch (RuntimeException e) {
            log("a server's administrative state", e);
        }
    }

    @Override
    public void onCapacityChange(Backend backend, Server server) {
        try {
            observer.onCapacityChange(backend, server);
        } catch (RuntimeException e) {
            log("a server's weight or limit", e);
        }
    }

    @Override
    public void onAgentChange(Backend backend, Server server, boolean down, String cause) {
        try {
            observer.onAgentChange(backend, server, down, cause);
        } catch (RuntimeException e) {
            log("what an agent said", e);
        }
    }

    @Override
    public void onEjectionChange(Backend backend, Server server, boolean ejected, String cause) {
        try {
            observer.onEjectionChange(backend, server, ejected, cause);
        } catch (RuntimeException e) {
            log("a server's ejection", e);
        }
    }

    @Override
    public void onFailOpenChange(Backend backend, boolean open) {
        try {
            observer.onFailOpenChange(backend, open);
        } catch (RuntimeException e) {
            log("failing open", e);
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

    void onDescriptorShortage(boolean begins, String cause) {
        try {
            observer.onDescriptorShortage(begins, cause);
        } catch (RuntimeException e) {
            log("a shortage of descriptors", e);
        }
    }

    void onPeerChange(String group, String peer, boolean connected, String cause) {
        try {
            observer.onPeerChange(group, peer, connected, cause);
        } catch (RuntimeException e) {
            log("a peer", e);
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

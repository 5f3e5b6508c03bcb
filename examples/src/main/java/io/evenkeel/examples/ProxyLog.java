package io.evenkeel.examples;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import io.evenkeel.lb.netty.ProxyObserver;
import io.evenkeel.lb.netty.SessionEnd;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what happens to servers and, at debug level, a line for each connection with what HAProxy's {@code tcplog} shows.
 */
final class ProxyLog implements ProxyObserver {
    private static final Logger SERVERS = LoggerFactory.getLogger("servers");
    private static final Logger SESSIONS = LoggerFactory.getLogger("sessions");

    @Override
    public void onHealthChange(Backend backend, Server server, HealthTransition transition) {
        SERVERS.info(
                "{}/{} is {}: {}",
                backend.name(),
                server.name(),
                transition.to(),
                transition.cause());
    }

    @Override
    public void onAgentChange(Backend backend, Server server, boolean down, String cause) {
        SERVERS.info(
                "{}/{} is {} by its agent: {}",
                backend.name(),
                server.name(),
                down ? "down" : "up",
                cause);
    }

    @Override
    public void onAddressChange(
            Backend backend,
            Server server,
            @Nullable ServerAddress before,
            @Nullable ServerAddress now,
            String cause) {
        SERVERS.info(
                "{}/{} {}: {}",
                backend.name(),
                server.name(),
                now == null ? "has no address and is out of use" : "is at " + now,
                cause);
    }

    @Override
    public void onEjectionChange(Backend backend, Server server, boolean ejected, String cause) {
        SERVERS.info(
                "{}/{} is {}: {}",
                backend.name(),
                server.name(),
                ejected ? "left out" : "taken in again",
                cause);
    }

    @Override
    public void onUsableCountChange(Backend backend, int before, int now) {
        if (now == 0) {
            SERVERS.error("{} has no server left: connections to it are reset", backend);
        } else if (before == 0) {
            SERVERS.info(
                    "{} has {} usable again", backend, now == 1 ? "a server" : now + " servers");
        }
    }

    @Override
    public void onSessionEnd(SessionEnd end) {
        if (SESSIONS.isDebugEnabled()) {
            SESSIONS.debug(
                    "{} {} {}/{} {}/{}/{} {} {} {} {}",
                    end.client(),
                    end.frontend(),
                    end.backend() == null ? end.frontend() : end.backend(),
                    end.server() == null ? "<NOSRV>" : end.server(),
                    TimeUnit.NANOSECONDS.toMillis(end.queueNanos()),
                    end.connectNanos() < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(end.connectNanos()),
                    TimeUnit.NANOSECONDS.toMillis(end.totalNanos()),
                    end.bytesToServer(),
                    end.bytesToClient(),
                    end.cause().code(),
                    end.retries());
        }
    }
}

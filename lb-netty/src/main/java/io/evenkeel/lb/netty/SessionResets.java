package io.evenkeel.lb.netty;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import io.evenkeel.lb.ServerConfig;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Resets the sessions of a server of one backend at once when it goes down, and those of the backups when a server comes up, where
 * their configuration says so. Changes of a backend come one at a time.
 */
final class SessionResets implements BackendObserver {
    private final List<LoopContext> contexts;
    private final Set<Server> up = Collections.newSetFromMap(new IdentityHashMap<>());

    SessionResets(List<LoopContext> contexts, Backend backend) {
        this.contexts = contexts;
        backend.servers().stream().filter(Server::isUp).forEach(up::add);
    }

    @Override
    public void onServerConfigured(Backend backend, Server server) {
        look(backend, server);
    }

    /** The connections that it has go on. */
    @Override
    public void onServerRemoved(Backend backend, Server server) {
        up.remove(server);
    }

    @Override
    public void onHealthChange(Backend backend, Server server, HealthTransition transition) {
        look(backend, server);
    }

    @Override
    public void onAdminStateChange(
            Backend backend, Server server, AdminState before, AdminState now) {
        look(backend, server);
    }

    @Override
    public void onAgentChange(Backend backend, Server server, boolean down, String cause) {
        look(backend, server);
    }

    /** The connections that it has go on. */
    @Override
    public void onAddressChange(
            Backend backend,
            Server server,
            @Nullable ServerAddress before,
            @Nullable ServerAddress now,
            String cause) {
        if (server.isUp()) {
            look(backend, server);
        } else {
            up.remove(server);
        }
    }

    private void look(Backend backend, Server server) {
        ServerConfig config = server.config();
        if (server.isUp()) {
            if (up.add(server)
                    && config.resetBackupSessionsWhenUp()
                    && !config.backup()
                    && server.isUsable()) {
                List<Server> servers = backend.servers();
                reset(
                        other -> other.config().backup() && servers.contains(other),
                        TerminationCause.PRIMARY_UP);
            }
        } else if (up.remove(server) && config.resetSessionsWhenDown()) {
            reset(other -> other == server, TerminationCause.SERVER_DOWN);
        }
    }

    private void reset(Predicate<Server> servers, TerminationCause cause) {
        for (LoopContext context : contexts) {
            LoopPost.offer(
                    context.loop(),
                    () -> {
                        for (Session session : context.sessions()) {
                            Server its = session.server();
                            if (its != null && servers.test(its)) {
                                session.abort(cause);
                            }
                        }
                    });
        }
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.Hash64;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.StickKeySource;
import io.evenkeel.lb.StickyServers;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A backend as sessions see it: with addresses, and with somebody to tell of failed connects. Safe for any thread. */
final class Upstream {
    private static final long DEFAULT_QUEUE_TIMEOUT_NANOS = 5_000_000_000L;

    private final Backend backend;
    private final ServerAddresses addresses;
    private final Sources sources = new Sources();
    private volatile @Nullable StickyServers sticky;
    private final Map<Server, Runnable> errorListeners = new ConcurrentHashMap<>();
    private volatile @Nullable OutlierWatch outliers;

    Upstream(Backend backend, ServerAddresses addresses) {
        this.backend = backend;
        this.addresses = addresses;
    }

    Backend backend() {
        return backend;
    }

    ServerAddresses addresses() {
        return addresses;
    }

    /** Where connections to its servers come from. */
    Sources sources() {
        return sources;
    }

    /** Where that server is; null as long as its name has not been found. */
    @Nullable InetSocketAddress addressOf(ServerConfig server) {
        return addresses.find(server.host(), server.port(), server.addressNumber());
    }

    /** Which servers connections stick to; null if the backend has no rule for that. */
    @Nullable StickyServers sticky() {
        return sticky;
    }

    void setSticky(@Nullable StickyServers value) {
        sticky = value;
    }

    /** How long a session waits at most: the queue timeout, else the connect timeout, else 5 s. */
    long queueTimeoutNanos() {
        long queue = backend.config().queueTimeoutNanos();
        if (queue > 0) {
            return queue;
        }
        long connect = backend.config().connectTimeoutNanos();
        return connect > 0 ? connect : DEFAULT_QUEUE_TIMEOUT_NANOS;
    }

    /**
     * What the balance goes by, of a client; a number for what goes by chance, as does a connection without the key.
     *
     * @param facts what was found out of the connection, or null if nothing had to be
     */
    long balanceKey(ClientAddresses client, @Nullable ConnectionFacts facts) {
        String name =
                switch (backend.config().balance().key()) {
                    case SERVER_NAME -> facts == null ? null : facts.serverName();
                    case HOST -> facts == null ? null : facts.hostName();
                    default -> null;
                };
        if (name != null) {
            return Hash64.of(name, 0);
        }
        return switch (backend.config().balance().key()) {
            case SOURCE -> Hash64.of(client.source().getAddress().getAddress(), 0);
            case DESTINATION -> Hash64.of(client.destination().getAddress().getAddress(), 0);
            default -> ThreadLocalRandom.current().nextLong();
        };
    }

    /** What the first bytes have to tell before a connection comes here. */
    Set<Condition.Need> needs() {
        BalanceKey key = backend.config().balance().key();
        Set<Condition.Need> needs = EnumSet.noneOf(Condition.Need.class);
        boolean sticksToName =
                backend.config().stickiness().rules().stream()
                        .anyMatch(rule -> rule.source() == StickKeySource.SNI);
        if (sticksToName || sendsAuthority() || key == BalanceKey.SERVER_NAME) {
            needs.add(Condition.Need.TLS);
        }
        if (key == BalanceKey.HOST) {
            needs.add(Condition.Need.HTTP);
        }
        return needs;
    }

    /** Whether a server is told the name that the client asks for. */
    private boolean sendsAuthority() {
        return backend.config().servers().stream()
                .map(ServerConfig::proxyHeader)
                .anyMatch(header -> header != null && header.has(ProxyHeader.Option.AUTHORITY));
    }

    /** Has the listener told when so many connects to the server failed in a row as its configuration says; on any thread. */
    void onErrors(Server server, Runnable listener) {
        errorListeners.put(server, listener);
    }

    /** Nobody is to be told any more. */
    void forgetErrors(Server server) {
        errorListeners.remove(server);
    }

    /** Has outliers found from now on, or no longer. */
    void watchOutliers(@Nullable OutlierWatch watch) {
        outliers = watch;
    }

    /** Takes the result of a health check. */
    void onCheck(Server server, boolean passed) {
        OutlierWatch watch = outliers;
        if (watch != null) {
            watch.onCheck(server, passed);
        }
    }

    /** Whether a connection that has just been made is to be reset, since its server has gone down meanwhile. */
    boolean isTooLate(Server server) {
        return server.config().resetSessionsWhenDown()
                && !server.isUp()
                && !backend.pool().isFailOpen();
    }

    /** Takes what became of a connect. */
    void observe(Server server, boolean connected) {
        OutlierWatch watch = outliers;
        if (watch != null) {
            watch.record(server, connected);
        }
        if (server.observe(connected)) {
            Runnable listener = errorListeners.get(server);
            if (listener != null) {
                listener.run();
            }
        }
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.InitialAddress;
import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerResolution;
import io.evenkeel.lb.dns.NameKey;
import io.evenkeel.lb.dns.ServerNames;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names that servers want resolved before they are used ({@code init-addr libc}): by their name servers, or else by the system. Told by
 * an event loop, awaited by another thread.
 */
final class InitialNames {
    private static final Logger LOGGER = LoggerFactory.getLogger(InitialNames.class);

    /** Lookups of the system block, and a name server that is away should not delay all others. */
    private static final int THREADS = 4;

    /** Servers of one name, and the way that is left to them when it cannot be resolved. */
    private record Wanting(String server, NameKey key, InitialAddress.@Nullable Kind otherwise) {}

    private final List<Wanting> wanting = new ArrayList<>();
    private final Map<NameKey, Long> keys = new LinkedHashMap<>();
    private final Map<NameKey, ServerNames.Known> told = new HashMap<>();
    private final Map<NameKey, List<IpAddress>> bySystem = new ConcurrentHashMap<>();

    /**
     * Those of a configuration.
     *
     * @param upstreams as they are before; servers that stay are where they are
     */
    InitialNames(ProxyConfig config, List<Upstream> upstreams) {
        Map<String, Long> waits = new HashMap<>();
        for (ResolversConfig resolvers : config.resolvers()) {
            waits.put(resolvers.name(), resolvers.longestWaitNanos());
        }
        for (BackendConfig backend : config.backends()) {
            for (ServerConfig server : backend.servers()) {
                ServerResolution resolution = server.resolution();
                if (resolution != null
                        && !ServerResolution.isService(server.host())
                        && !isSomewhere(backend.name(), server, upstreams)) {
                    want(backend, server, resolution, waits);
                }
            }
        }
    }

    private static boolean isSomewhere(
            String backend, ServerConfig server, List<Upstream> upstreams) {
        for (Upstream upstream : upstreams) {
            Server same =
                    upstream.backend().name().equals(backend)
                            ? upstream.backend().server(server.name())
                            : null;
            if (same != null
                    && same.address() != null
                    && same.config().host().equals(server.host())
                    && same.config().port() == server.port()) {
                return true;
            }
        }
        return false;
    }

    private void want(
            BackendConfig backend,
            ServerConfig server,
            ServerResolution resolution,
            Map<String, Long> waits) {
        String title = backend.name() + "/" + server.name();
        NameKey key = NameKey.of(server, resolution);
        boolean lookedUp = false;
        for (InitialAddress way : resolution.initial()) {
            switch (way.kind()) {
                case LAST -> {}
                case LIBC -> {
                    lookedUp = true;
                    keys.put(key, Objects.requireNonNull(waits.get(resolution.resolvers())));
                }
                case NONE, FIXED -> {
                    if (lookedUp) {
                        wanting.add(new Wanting(title, key, way.kind()));
                    }
                    return;
                }
            }
        }
        wanting.add(new Wanting(title, key, null));
    }

    Set<NameKey> keys() {
        return keys.keySet();
    }

    /** Looks at what is known of the names by now; on the loop. */
    synchronized void look(ServerNames<?> names) {
        keys.keySet().forEach(key -> told.put(key, names.known(key)));
        notifyAll();
    }

    private ServerNames.Known known(NameKey key) {
        return told.getOrDefault(key, new ServerNames.Known(false, false, null));
    }

    /** Waits until all names are resolved or time is up. Returns what the system says of those that no name server knows. */
    Map<NameKey, List<IpAddress>> await() {
        ExecutorService system =
                Executors.newFixedThreadPool(
                        Math.min(THREADS, keys.size()),
                        new DefaultThreadFactory("evenkeel-lb-initial-names", true));
        long start = System.nanoTime();
        try {
            // Who answers in time spares the system the question.
            await(start, 2, key -> known(key).settled());
            List<NameKey> open = new ArrayList<>();
            synchronized (this) {
                keys.keySet().stream().filter(key -> !known(key).found()).forEach(open::add);
            }
            open.forEach(key -> system.execute(() -> askSystem(key)));
            await(start, 1, this::isDecided);
        } catch (InterruptedException e) {
            // What is not known by now counts as not resolved.
            Thread.currentThread().interrupt();
        } finally {
            system.shutdownNow();
        }
        synchronized (this) {
            Map<NameKey, List<IpAddress>> found = new HashMap<>();
            bySystem.forEach(
                    (key, addresses) -> {
                        if (!known(key).found() && !addresses.isEmpty()) {
                            found.put(key, addresses);
                        }
                    });
            return found;
        }
    }

    private void askSystem(NameKey key) {
        List<IpAddress> found = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(key.name())) {
                found.add(IpAddress.of(address.getAddress()));
            }
        } catch (UnknownHostException | RuntimeException e) {
            LOGGER.debug("The system does not resolve {}.", key.name(), e);
        }
        bySystem.put(key, found);
        synchronized (this) {
            notifyAll();
        }
    }

    /** For a part of the time of each. */
    private synchronized void await(long startNanos, int part, Predicate<NameKey> done)
            throws InterruptedException {
        for (Map.Entry<NameKey, Long> entry : keys.entrySet()) {
            long longest = entry.getValue() / part;
            long left = longest - (System.nanoTime() - startNanos);
            while (left > 0 && !done.test(entry.getKey())) {
                // Some more, since a wait of 0 ms has no end.
                wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
                left = longest - (System.nanoTime() - startNanos);
            }
        }
    }

    private boolean isDecided(NameKey key) {
        ServerNames.Known now = known(key);
        return now.found() || now.settled() && bySystem.containsKey(key);
    }

    /**
     * Looks who has no address.
     *
     * @throws ProxyStartException if there is a server that is not to be without
     */
    synchronized void check() throws ProxyStartException {
        for (Wanting server : wanting) {
            ServerNames.Known now = known(server.key());
            if (now.found()) {
                continue;
            }
            ResolveFailure failure = now.failure();
            String what =
                    "Server "
                            + server.server()
                            + " has no address: "
                            + server.key().name()
                            + " is resolved neither by resolvers "
                            + server.key().resolvers()
                            + ", for "
                            + (failure == null ? ResolveFailure.TIMEOUT : failure).label()
                            + ", nor by the system";
            if (server.otherwise() == null) {
                throw new ProxyStartException(
                        what
                                + "; correct the name, or let the server start without an address"
                                + " (init-addr none).");
            }
            LOGGER.warn(
                    "{}; {}.",
                    what,
                    server.otherwise() == InitialAddress.Kind.NONE
                            ? "it is out of use until it is resolved"
                            : "it starts at the address that its configuration says");
        }
    }
}

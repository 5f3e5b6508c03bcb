package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.InitialAddress;
import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerResolution;
import io.evenkeel.lb.dns.NameAction;
import io.evenkeel.lb.dns.NameGroup;
import io.evenkeel.lb.dns.NameKey;
import io.evenkeel.lb.dns.ServerNames;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the names of servers with {@code resolvers} resolved: asks name servers, and tells the backends which server is where. It lives on
 * one event loop, which it never blocks; {@link #prepare}, {@link #follow} and {@link #goBack} are for one other thread at a time.
 */
final class NameResolution {
    private static final Logger LOGGER = LoggerFactory.getLogger(NameResolution.class);

    private final LoopContext context;
    private final Transport transport;
    private final ByteBufAllocator allocator;
    // The machine wants times that are not negative; System.nanoTime() may be.
    private final long originNanos = System.nanoTime();
    private final ServerNames<Place> names = new ServerNames<>(new SplittableRandom());
    private final Map<String, DnsClient> clients = new HashMap<>();
    private List<ResolversConfig> resolvers = List.of();
    private List<NameGroup<Place>> groups = List.of();
    private @Nullable InitialNames awaited;
    private @Nullable ScheduledFuture<?> next;
    private boolean stopped;

    /** A server and whose it is. */
    private record Place(Backend backend, Server server) {}

    NameResolution(LoopContext context, Transport transport, ByteBufAllocator allocator) {
        this.context = context;
        this.transport = transport;
        this.allocator = allocator;
    }

    /**
     * Resolves the names of servers that are to have an address before a configuration is in effect. Waits no longer than their resolvers
     * may take to answer.
     *
     * @param upstreams as they are before that
     * @throws ProxyStartException if a server has no address then, and is not to be without; {@link #goBack} is to be called
     */
    void prepare(ProxyConfig config, List<Upstream> upstreams) throws ProxyStartException {
        InitialNames initial = new InitialNames(config, upstreams);
        if (initial.keys().isEmpty()) {
            return;
        }
        List<ResolversConfig> both =
                union(
                        resolvers,
                        used(
                                config.resolvers(),
                                config.backends().stream()
                                        .flatMap(backend -> backend.servers().stream())));
        Map<String, DnsClient> fresh = newClients(both);
        onLoop(
                () -> {
                    replaceClients(both, fresh);
                    awaited = initial;
                    perform(names.follow(both, groups, initial.keys(), nowNanos()));
                    initial.look(names);
                });
        Map<NameKey, List<IpAddress>> found = initial.await();
        onLoop(
                () -> {
                    awaited = null;
                    found.forEach(
                            (key, addresses) -> perform(names.seed(key, addresses, nowNanos())));
                    initial.look(names);
                });
        initial.check();
    }

    /** Those of a name that is there before count as they are now. */
    private static List<ResolversConfig> union(
            List<ResolversConfig> before, List<ResolversConfig> now) {
        Map<String, ResolversConfig> all = new LinkedHashMap<>();
        before.forEach(config -> all.put(config.name(), config));
        now.forEach(config -> all.put(config.name(), config));
        return List.copyOf(all.values());
    }

    /** A configuration that was prepared does not come into effect. */
    void goBack() {
        Map<String, DnsClient> fresh = newClients(resolvers);
        onLoop(
                () -> {
                    awaited = null;
                    replaceClients(resolvers, fresh);
                    perform(names.follow(resolvers, groups, Set.of(), nowNanos()));
                });
    }

    /** Keeps the names of these servers resolved and no others; what was known of names that stay stays known. */
    void follow(List<ResolversConfig> all, List<Upstream> upstreams) {
        List<ResolversConfig> configs =
                used(
                        all,
                        upstreams.stream()
                                .flatMap(upstream -> upstream.backend().servers().stream())
                                .map(Server::config));
        Map<String, DnsClient> fresh = newClients(configs);
        onLoop(
                () -> {
                    replaceClients(configs, fresh);
                    resolvers = configs;
                    groups = groups(upstreams);
                    perform(names.follow(configs, groups, Set.of(), nowNanos()));
                });
    }

    /** On the loop: nobody is asked any more. */
    void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
        clients.values().forEach(DnsClient::close);
    }

    private void onLoop(Runnable task) {
        context.loop().submit(task).syncUninterruptibly();
    }

    private long nowNanos() {
        return System.nanoTime() - originNanos;
    }

    /** Those that servers name. */
    private static List<ResolversConfig> used(
            List<ResolversConfig> configs, Stream<ServerConfig> servers) {
        Set<String> named =
                servers.map(ServerConfig::resolution)
                        .filter(Objects::nonNull)
                        .map(ServerResolution::resolvers)
                        .collect(Collectors.toSet());
        return configs.stream().filter(config -> named.contains(config.name())).toList();
    }

    /** Of those that are new or configured otherwise; not on the loop, since files may be read. */
    private Map<String, DnsClient> newClients(List<ResolversConfig> configs) {
        Map<String, DnsClient> fresh = new HashMap<>();
        for (ResolversConfig config : configs) {
            DnsClient same = clients.get(config.name());
            if (same == null || !same.config().equals(config)) {
                fresh.put(
                        config.name(), new DnsClient(config, context.loop(), transport, allocator));
            }
        }
        return fresh;
    }

    private void replaceClients(List<ResolversConfig> configs, Map<String, DnsClient> fresh) {
        List<String> names = configs.stream().map(ResolversConfig::name).toList();
        clients.entrySet()
                .removeIf(
                        old -> {
                            boolean gone =
                                    fresh.containsKey(old.getKey())
                                            || !names.contains(old.getKey());
                            if (gone) {
                                old.getValue().close();
                            }
                            return gone;
                        });
        clients.putAll(fresh);
    }

    private List<NameGroup<Place>> groups(List<Upstream> upstreams) {
        Map<String, NameGroup<Place>> found = new LinkedHashMap<>();
        for (Upstream upstream : upstreams) {
            Backend backend = upstream.backend();
            for (Server server : backend.servers()) {
                ServerConfig config = server.config();
                ServerResolution resolution = config.resolution();
                if (resolution != null) {
                    NameKey key = NameKey.of(config, resolution);
                    startAt(backend, server, resolution, key);
                    String id = NameGroup.id(backend.name(), config, resolution);
                    NameGroup<Place> before = found.get(id);
                    List<NameGroup.Place<Place>> places =
                            new ArrayList<>(before == null ? List.of() : before.places());
                    places.add(new NameGroup.Place<>(new Place(backend, server), server.address()));
                    found.put(
                            id,
                            new NameGroup<>(
                                    id,
                                    key,
                                    config.port(),
                                    resolution.allowDuplicates(),
                                    resolution.ignoreWeight(),
                                    places));
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** At the address that the configuration says, if nothing before that gives it one. */
    private void startAt(Backend backend, Server server, ServerResolution resolution, NameKey key) {
        if (server.address() != null || server.config().port() == 0) {
            return;
        }
        boolean found = names.known(key).found();
        for (InitialAddress way : resolution.initial()) {
            IpAddress ip = way.ip();
            if (ip != null) {
                assign(
                        backend,
                        server,
                        new ServerAddress(ip, server.config().port()),
                        "its configuration says so until its name is resolved");
                return;
            }
            if (way.kind() == InitialAddress.Kind.NONE
                    || found && way.kind() == InitialAddress.Kind.LIBC) {
                return;
            }
        }
    }

    private void perform(List<NameAction<Place>> actions) {
        try {
            carryOut(actions);
        } finally {
            // Or nothing would ever be asked again.
            schedule();
        }
    }

    private void carryOut(List<NameAction<Place>> actions) {
        for (NameAction<Place> action : actions) {
            if (action instanceof NameAction.Trouble<Place> trouble) {
                log(trouble);
            } else if (action instanceof NameAction.Assign<Place> assign) {
                Place place = assign.server();
                assign(place.backend(), place.server(), assign.address(), assign.cause());
                if (assign.weight() > 0) {
                    weigh(place.backend(), place.server(), assign.weight());
                }
            } else if (action instanceof NameAction.Ask<Place> ask) {
                ask(ask);
            }
        }
        InitialNames waiting = awaited;
        if (waiting != null) {
            waiting.look(names);
        }
    }

    private void ask(NameAction.Ask<Place> ask) {
        DnsClient client = clients.get(ask.question().resolvers());
        if (client == null) {
            return;
        }
        client.ask(
                ask.question(),
                answer -> {
                    if (!stopped) {
                        perform(names.onAnswer(ask.question(), answer, nowNanos()));
                    }
                });
    }

    private void schedule() {
        ScheduledFuture<?> before = next;
        if (before != null) {
            before.cancel(false);
        }
        long deadline = names.nextDeadlineNanos();
        next =
                stopped || deadline == ServerNames.NO_DEADLINE
                        ? null
                        : context.loop()
                                .schedule(
                                        () -> perform(names.advance(nowNanos())),
                                        Math.max(0, deadline - nowNanos()),
                                        TimeUnit.NANOSECONDS);
    }

    private static void assign(
            Backend backend, Server server, @Nullable ServerAddress address, String cause) {
        try {
            backend.setAddress(server, address, cause, System.nanoTime());
        } catch (RuntimeException e) {
            LOGGER.warn(
                    "An observer of {} failed when server {} got another address; the proxy goes"
                            + " on.",
                    backend,
                    server.name(),
                    e);
        }
    }

    private static void weigh(Backend backend, Server server, int weight) {
        try {
            backend.setWeight(server, weight, System.nanoTime());
        } catch (RuntimeException e) {
            LOGGER.warn(
                    "An observer of {} failed when server {} got another weight; the proxy goes"
                            + " on.",
                    backend,
                    server.name(),
                    e);
        }
    }

    private static void log(NameAction.Trouble<Place> trouble) {
        ResolveFailure failure = trouble.failure();
        if (failure == null) {
            LOGGER.info("Server name {} is resolved again.", trouble.key().name());
        } else {
            LOGGER.warn(
                    "Server name {} cannot be resolved by resolvers {}, for {}; {}.",
                    trouble.key().name(),
                    trouble.key().resolvers(),
                    failure.label(),
                    trouble.held()
                            ? "its servers stay where they are"
                            : "its servers are out of use until it can");
        }
    }
}

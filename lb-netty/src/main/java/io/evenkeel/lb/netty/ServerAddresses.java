package io.evenkeel.lb.netty;

import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import io.evenkeel.lb.ServerConfig;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of servers. Literal addresses need no lookup. Names with {@code resolvers} are {@link NameResolution}'s. Other names are looked up by the JDK on a thread of
 * the proxy's, never on an event loop, and again every {@value #REFRESH_SECONDS} s; when a lookup fails, the last
 * address that was found stays in use.
 */
final class ServerAddresses {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerAddresses.class);
    private static final long REFRESH_SECONDS = 10;

    private final Map<String, AddressSlots> known = new ConcurrentHashMap<>();
    private final Map<String, Future<?>> lookups = new HashMap<>();
    private List<String> leaving = List.of();

    /**
     * Knows these hosts from now on, of which names are looked up again and again. One that is no longer among them is looked up no more,
     * and forgotten the next time: until then connections that are under way may still go there.
     *
     * @param hosts and how many of the addresses of each have servers by their number
     * @param resolver is shut down by whoever gave it
     */
    void follow(Map<String, Integer> hosts, ScheduledExecutorService resolver) {
        leaving.stream().filter(host -> !hosts.containsKey(host)).forEach(known::remove);
        leaving = known.keySet().stream().filter(host -> !hosts.containsKey(host)).toList();
        for (String host : leaving) {
            Future<?> lookup = lookups.remove(host);
            if (lookup != null) {
                lookup.cancel(false);
            }
        }
        hosts.forEach(
                (host, numbered) -> {
                    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
                    if (literal != null) {
                        known.put(host, AddressSlots.empty(0).with(address(host, literal)));
                        return;
                    }
                    known.merge(
                            host,
                            AddressSlots.empty(numbered),
                            (before, none) -> before.resized(numbered));
                    lookups.computeIfAbsent(
                            host,
                            name ->
                                    resolver.scheduleWithFixedDelay(
                                            () -> lookUp(name),
                                            0,
                                            REFRESH_SECONDS,
                                            TimeUnit.SECONDS));
                });
    }

    private static InetAddress address(String host, byte[] literal) {
        try {
            return InetAddress.getByAddress(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "An address of " + literal.length + " bytes was read from " + host, e);
        }
    }

    private void lookUp(String host) {
        AddressSlots before = Objects.requireNonNullElse(known.get(host), AddressSlots.empty(0));
        try {
            InetAddress[] found = HostNames.all(host);
            // How many slots there are may have changed while the name was looked up.
            AddressSlots after = known.computeIfPresent(host, (name, slots) -> slots.with(found));
            if (after != null && !after.equals(before)) {
                LOGGER.info("Server name {} is {}.", host, after);
            }
        } catch (UnknownHostException | RuntimeException e) {
            LOGGER.warn(
                    "Server name {} could not be looked up ({}); {}.",
                    host,
                    e.getMessage(),
                    before.get(0) == null
                            ? "its servers cannot be reached until it can"
                            : "going on with " + before);
        }
    }

    /** Where a server is; null as long as that is not known. */
    @Nullable InetSocketAddress find(Server server) {
        return find(server, server.config().host(), server.config().port());
    }

    /**
     * Where somebody who looks after a server connects to; null as long as that is not known. Of a name that several servers share it is
     * the server's own address, of any other host the first.
     *
     * @param host the server's or another
     * @param port 0 for that of a service
     */
    @Nullable InetSocketAddress find(Server server, String host, int port) {
        ServerConfig config = server.config();
        if (!host.equals(config.host())) {
            return find(host, port, 0);
        }
        if (config.resolution() == null) {
            return find(host, port, config.addressNumber());
        }
        ServerAddress found = server.address();
        return found == null
                ? null
                : new InetSocketAddress(
                        address(host, found.ip().bytes()),
                        port == config.port() ? found.port() : port);
    }

    /**
     * Null as long as a name has not been found, or has fewer addresses.
     *
     * @param number which of the addresses; see {@link io.evenkeel.lb.ServerConfig#addressNumber()}
     */
    @Nullable InetSocketAddress find(String host, int port, int number) {
        AddressSlots slots = known.get(host);
        InetAddress address = slots == null ? null : slots.get(number);
        return address == null ? null : new InetSocketAddress(address, port);
    }
}

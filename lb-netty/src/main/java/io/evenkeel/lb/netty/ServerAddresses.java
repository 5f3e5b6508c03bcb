package io.evenkeel.lb.netty;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses behind server names. Literal addresses need no lookup. Names are looked up by the JDK on a thread of
 * the proxy's, never on an event loop, and again every {@value #REFRESH_SECONDS} s; when a lookup fails, the last
 * address that was found stays in use.
 */
final class ServerAddresses {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerAddresses.class);
    private static final long REFRESH_SECONDS = 10;

    private final Map<String, AddressSlots> known = new ConcurrentHashMap<>();

    /**
     * Looks names up by {@code resolver} from now on; it is shut down by whoever gave it.
     *
     * @param hosts and how many of the addresses of each have servers by their number
     */
    void start(Map<String, Integer> hosts, ScheduledExecutorService resolver) {
        hosts.forEach(
                (host, numbered) -> {
                    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
                    if (literal != null) {
                        known.put(host, AddressSlots.empty(0).with(address(host, literal)));
                    } else {
                        known.put(host, AddressSlots.empty(numbered));
                        resolver.scheduleWithFixedDelay(
                                () -> lookUp(host), 0, REFRESH_SECONDS, TimeUnit.SECONDS);
                    }
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
        AddressSlots before = Objects.requireNonNull(known.get(host));
        try {
            AddressSlots after = before.with(InetAddress.getAllByName(host));
            known.put(host, after);
            if (!after.equals(before)) {
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

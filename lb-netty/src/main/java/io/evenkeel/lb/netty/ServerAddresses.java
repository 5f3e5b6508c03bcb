package io.evenkeel.lb.netty;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
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

    private final Map<String, InetAddress> known = new ConcurrentHashMap<>();

    /** Looks names up by {@code resolver} from now on; it is shut down by whoever gave it. */
    void start(Iterable<String> hosts, ScheduledExecutorService resolver) {
        for (String host : hosts) {
            byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
            if (literal != null) {
                try {
                    known.put(host, InetAddress.getByAddress(literal));
                } catch (UnknownHostException e) {
                    throw new IllegalStateException(
                            "An address of " + literal.length + " bytes was read from " + host, e);
                }
            } else {
                resolver.scheduleWithFixedDelay(
                        () -> lookUp(host), 0, REFRESH_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void lookUp(String host) {
        try {
            InetAddress found = InetAddress.getByName(host);
            InetAddress before = known.put(host, found);
            if (!found.equals(before)) {
                LOGGER.info("Server name {} is {}.", host, found.getHostAddress());
            }
        } catch (UnknownHostException | RuntimeException e) {
            InetAddress kept = known.get(host);
            LOGGER.warn(
                    "Server name {} could not be looked up ({}); {}.",
                    host,
                    e.getMessage(),
                    kept == null
                            ? "its servers cannot be reached until it can"
                            : "going on with " + kept.getHostAddress());
        }
    }

    /** Null as long as a name has not been found. */
    @Nullable InetSocketAddress find(String host, int port) {
        InetAddress address = known.get(host);
        return address == null ? null : new InetSocketAddress(address, port);
    }
}

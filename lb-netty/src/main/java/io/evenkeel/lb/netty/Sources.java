package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.SourceConfig;
import io.evenkeel.lb.SourcePool;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connects to the servers of one backend, each as it is configured: from which address, and with which life. Safe for any thread. */
final class Sources {
    private final Map<Server, SourcePool> pools = new ConcurrentHashMap<>();

    /**
     * Starts to connect.
     *
     * @throws IOException if that is not possible, or not as configured; {@link LocalPorts#areUsedUp} says whether for want of a port
     */
    void connect(
            StreamSocket socket, Server server, InetSocketAddress remote, ClientAddresses client)
            throws IOException {
        ConnectConfig config = server.config().connect();
        if (config != ConnectConfig.DEFAULT) {
            prepare(socket, server, remote, client);
        }
        socket.connect(remote);
    }

    private void prepare(
            StreamSocket socket, Server server, InetSocketAddress remote, ClientAddresses client)
            throws IOException {
        ConnectConfig config = server.config().connect();
        SourceConfig source = config.source();
        InetSocketAddress local = null;
        if (source != null) {
            local =
                    switch (source.appearance()) {
                        case OWN, FOREIGN -> take(socket, pool(server, source), remote);
                        case CLIENT_ADDRESS ->
                                new InetSocketAddress(client.source().getAddress(), 0);
                        case CLIENT_ADDRESS_AND_PORT -> client.source();
                    };
            if (local != null && isIpv6(local) != isIpv6(remote)) {
                throw new IOException(
                        "A connection from "
                                + local.getAddress().getHostAddress()
                                + " cannot go to "
                                + remote
                                + ", which is of another IP version.");
            }
        }
        socket.prepare(config, local);
    }

    private SourcePool pool(Server server, SourceConfig config) {
        SourcePool present = pools.get(server);
        if (present != null && present.config().equals(config)) {
            return present;
        }
        pools.keySet().removeIf(Server::isRemoved);
        return pools.merge(
                server,
                new SourcePool(config),
                (before, made) -> before.config().equals(config) ? before : made);
    }

    private static @Nullable InetSocketAddress take(
            StreamSocket socket, SourcePool pool, InetSocketAddress remote) throws IOException {
        SourcePool.Source taken = pool.take(isIpv6(remote));
        if (taken == null) {
            throw pool.has(isIpv6(remote))
                    ? new BindException(
                            "Every port of " + pool.config() + " is in use for " + remote + ".")
                    : new IOException(
                            pool.config() + " has no address of the IP version of " + remote + ".");
        }
        socket.afterClose(() -> pool.giveBack(taken));
        // A literal address: nothing is looked up.
        InetAddress address = InetAddress.getByName(taken.host());
        return address.isAnyLocalAddress() && taken.port() == 0
                ? null
                : new InetSocketAddress(address, taken.port());
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }
}

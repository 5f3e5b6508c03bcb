package io.evenkeel.lb.netty;

import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of a UDP listener on all addresses of the host: for each address one per relay, bound to it, for an answer has to leave from
 * the address that was asked. The addresses that the host has at the start get theirs then, others when they are asked for the first time.
 * The kernel then gives what comes to them to these sockets, perhaps on another event loop, so that who was the first to ask may begin a
 * second session there. Safe for any thread.
 */
final class LocalSockets {
    private static final Logger LOGGER = LoggerFactory.getLogger(LocalSockets.class);

    /** A host has some addresses; on loopback, where it has millions, not each of them gets its sockets. */
    private static final int MOST_ADDRESSES = 64;

    private final List<DatagramRelay> relays;
    private final int port;
    private final Map<InetAddress, List<DatagramListenSocket>> sockets = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param relays filled in before anything is received
     */
    LocalSockets(List<DatagramRelay> relays, int port) {
        this.relays = relays;
        this.port = port;
    }

    /** Opens those of the addresses that the host has now. */
    void openPresent() {
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .forEach(this::open);
        } catch (SocketException e) {
            LOGGER.debug("The addresses of this host are found out as they are asked.", e);
        }
    }

    /** That of a relay for an address; null if there can be none. */
    @Nullable DatagramListenSocket find(InetAddress local, int relay) {
        List<DatagramListenSocket> its = sockets.get(local);
        if (its == null) {
            its = open(local);
        }
        return its == null ? null : its.get(relay);
    }

    private synchronized @Nullable List<DatagramListenSocket> open(InetAddress local) {
        List<DatagramListenSocket> before = sockets.get(local);
        boolean possible =
                !closed
                        && !local.isAnyLocalAddress()
                        && !local.isMulticastAddress()
                        && sockets.size() < MOST_ADDRESSES;
        if (before != null || !possible) {
            return before;
        }
        List<DatagramListenSocket> opened = new ArrayList<>();
        try {
            for (DatagramRelay relay : relays) {
                opened.add(relay.loop().bind(new InetSocketAddress(local, port), true));
            }
        } catch (IOException | ChannelException e) {
            opened.forEach(DatagramListenSocket::close);
            LOGGER.debug("No UDP socket could be bound to {}:{}.", local, port, e);
            return null;
        }
        sockets.put(local, opened);
        for (int i = 0; i < opened.size(); i++) {
            DatagramRelay relay = relays.get(i);
            DatagramListenSocket socket = opened.get(i);
            relay.loop().loop().execute(() -> register(socket, relay));
        }
        return opened;
    }

    private void register(DatagramListenSocket socket, DatagramRelay relay) {
        try {
            if (!closed) {
                socket.register(relay);
            }
        } catch (IOException e) {
            LOGGER.warn("A UDP socket on {} cannot be used.", socket.localAddress(), e);
        }
    }

    /** Closes those of a relay, on its loop; no more are opened. */
    void close(int relay) {
        synchronized (this) {
            closed = true;
        }
        sockets.values().forEach(its -> its.get(relay).close());
    }
}

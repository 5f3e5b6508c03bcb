package io.evenkeel.lb.netty;

import io.evenkeel.lb.DatagramKey;
import io.evenkeel.lb.Hash64;
import io.evenkeel.lb.UdpFrontendConfig;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A UDP frontend at work: what it is configured to do, and its listeners. Safe for any thread. */
final class UdpFrontend {
    private record Target(UdpFrontendConfig config, Upstream upstream) {}

    private volatile Target target;
    private volatile List<UdpListener> listeners = List.of();

    UdpFrontend(UdpFrontendConfig config, Upstream upstream) {
        target = new Target(config, upstream);
    }

    /** Goes by another configuration from now on. */
    void reconfigure(UdpFrontendConfig config, Upstream upstream) {
        target = new Target(config, upstream);
    }

    UdpFrontendConfig config() {
        return target.config();
    }

    Upstream upstream() {
        return target.upstream();
    }

    List<UdpListener> listeners() {
        return listeners;
    }

    void setListeners(List<UdpListener> value) {
        listeners = List.copyOf(value);
    }

    /** How long a session may be idle: its own timeout, or that of the backend's servers if it is shorter. */
    long idleTimeoutNanos() {
        Target now = target;
        long ofServer = now.upstream().backend().config().serverTimeoutNanos();
        long own = now.config().idleTimeoutNanos();
        return ofServer > 0 ? Math.min(own, ofServer) : own;
    }

    /** What the balance goes by, of a client and its first datagram. */
    long balanceKey(InetAddress client, InetAddress local, ByteBuffer datagram) {
        Target now = target;
        long own =
                switch (now.upstream().backend().config().balance().key()) {
                    case SOURCE -> Hash64.of(client.getAddress(), 0);
                    case DESTINATION -> Hash64.of(local.getAddress(), 0);
                    default -> ThreadLocalRandom.current().nextLong();
                };
        DatagramKey key = now.config().datagramKey();
        return key == null ? own : key.hash(datagram.asReadOnlyBuffer(), own);
    }
}

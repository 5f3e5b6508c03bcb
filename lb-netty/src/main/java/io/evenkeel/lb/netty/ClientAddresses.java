package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectionFacts;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * From where a client has connected, and to where: the addresses of its connection, or those that its PROXY header has said. Used by the
 * loop's thread alone.
 */
final class ClientAddresses {
    private final StreamSocket socket;
    private final InetSocketAddress bound;
    private InetSocketAddress source;
    private @Nullable InetSocketAddress destination;
    private byte @Nullable [] authority;

    /**
     * @param bound that of the listening socket, which most connections have too, and then share
     */
    ClientAddresses(StreamSocket socket, InetSocketAddress remote, InetSocketAddress bound) {
        this.socket = socket;
        this.bound = bound;
        source = remote;
    }

    InetSocketAddress source() {
        return source;
    }

    InetSocketAddress destination() {
        InetSocketAddress known = destination;
        if (known == null) {
            known = socket.localAddress();
            if (bound.equals(known)) {
                known = bound;
            }
            destination = known;
        }
        return known;
    }

    /** What came as the host name with the PROXY header; null if nothing did. */
    byte @Nullable [] authority() {
        return authority;
    }

    /** The PROXY header has said so; null: nothing about that. */
    void replace(@Nullable ProxyHeaderAddresses said, byte @Nullable [] host) {
        if (said != null) {
            source = said.source();
            destination = said.destination();
        }
        authority = host;
    }

    /** For rules; null if the connection is gone already. */
    @Nullable ConnectionFacts facts() {
        InetSocketAddress to = destination();
        if (to == null) {
            return null;
        }
        return new ConnectionFacts(
                source.getAddress().getAddress(),
                source.getPort(),
                to.getAddress().getAddress(),
                to.getPort());
    }
}

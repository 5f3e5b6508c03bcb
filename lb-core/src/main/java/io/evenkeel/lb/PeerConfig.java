package io.evenkeel.lb;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Another node that has the same stick tables ({@code peer}).
 *
 * @param name by which it knows itself, too
 * @param host where it is: an address or a name
 * @param port on which it listens for peers
 * @param tls how connections to it are made with TLS ({@code ssl}); null: they are in clear
 */
public record PeerConfig(String name, String host, int port, @Nullable ServerTlsConfig tls) {
    /**
     * Checks the parts.
     *
     * @throws InvalidConfigException with every problem
     */
    public PeerConfig {
        Objects.requireNonNull(name, "name");
        Problems problems = new Problems("peer[" + name + "]");
        problems.name(name);
        problems.host("host", host);
        problems.range("port", port, 1, 65535);
        if (tls != null && tls.forwardServerName()) {
            problems.add("tls", "asks for the name that a client asks for, and there is no client");
        }
        problems.throwIfAny();
    }

    /** The same with connections in clear. */
    public PeerConfig(String name, String host, int port) {
        this(name, host, port, null);
    }

    /** {@code lb2 (192.0.2.2:10000)}. */
    @Override
    public String toString() {
        return name + " (" + BindAddress.format(host, port) + ")";
    }
}

package io.evenkeel.lb;

import java.util.Objects;

/**
 * Another node that has the same stick tables ({@code peer}).
 *
 * @param name by which it knows itself, too
 * @param host where it is: an address or a name
 * @param port on which it listens for peers
 */
public record PeerConfig(String name, String host, int port) {
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
        problems.throwIfAny();
    }

    /** {@code lb2 (192.0.2.2:10000)}. */
    @Override
    public String toString() {
        return name + " (" + BindAddress.format(host, port) + ")";
    }
}

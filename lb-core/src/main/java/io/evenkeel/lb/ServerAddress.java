package io.evenkeel.lb;

import java.util.Objects;

/**
 * Where a server is whose name was resolved.
 *
 * @param ip one of the addresses of its name
 * @param port 1 to 65535
 */
public record ServerAddress(IpAddress ip, int port) {
    /** Checks the port. */
    public ServerAddress {
        Objects.requireNonNull(ip, "ip");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A port is 1 to 65535, not " + port + ".");
        }
    }

    /** {@code 192.0.2.1:80} or {@code [2001:db8::1]:80}. */
    @Override
    public String toString() {
        return BindAddress.format(ip.toString(), port);
    }
}

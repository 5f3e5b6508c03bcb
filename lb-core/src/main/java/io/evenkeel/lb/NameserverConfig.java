package io.evenkeel.lb;

import java.util.Objects;

/**
 * A name server ({@code nameserver}).
 *
 * @param name no other one's of its resolvers
 * @param host a literal address
 * @param port 1 to 65535
 * @param tcp whether it is asked by TCP; else by UDP, and by TCP when an answer was cut short
 */
public record NameserverConfig(String name, String host, int port, boolean tcp) {
    /**
     * Checks the parts.
     *
     * @throws InvalidConfigException with every problem
     */
    public NameserverConfig {
        Objects.requireNonNull(name, "name");
        Problems problems = new Problems("nameserver[" + name + "]");
        problems.name(name);
        if (IpAddress.parse(host) == null) {
            problems.add(
                    "host",
                    "is '" + host + "', but who resolves names is known by a literal address");
        }
        problems.range("port", port, 1, 65535);
        problems.throwIfAny();
    }

    /** {@code name (192.0.2.1:53)}. */
    @Override
    public String toString() {
        return name + " (" + (tcp ? "tcp@" : "") + BindAddress.format(host, port) + ")";
    }
}

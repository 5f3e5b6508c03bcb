package io.evenkeel.lb;

/**
 * Where a frontend listens.
 *
 * @param host a literal address or a host name, of which {@code ipv4@} or {@code ipv6@} in front leaves the addresses of the other family
 *     out; {@code "*"} and {@code ""} become {@code "0.0.0.0"}
 * @param port 0 to 65535; 0 lets the system choose a free one
 */
public record BindAddress(String host, int port) {
    /**
     * Checks both parts.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public BindAddress {
        if (host.isEmpty() || host.equals("*")) {
            host = "0.0.0.0";
        }
        Problems problems = new Problems("bind[" + host + ":" + port + "]");
        problems.host("host", host);
        problems.range("port", port, 0, 65535);
        problems.throwIfAny();
    }

    /** Spread: sets that look at the next place for the next port would look for ever in wide ranges of several addresses. */
    @Override
    public int hashCode() {
        return (31 * host.hashCode() + port) * 0x9e3779b9;
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return format(host, port);
    }

    static String format(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

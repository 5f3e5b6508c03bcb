package io.evenkeel.lb;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the connections to a server come from ({@code source}).
 *
 * <p>Without ports the system chooses one for each connection when it knows where that goes, so that each address has all of its local
 * ports for each server. With ports a connection has one of them to itself.
 *
 * @param hosts literal addresses of this host, which take turns; {@code 0.0.0.0} is what the system chooses; at least one
 * @param firstPort 0 for any port that the system chooses, or the first of a range
 * @param lastPort 0 with {@code firstPort} 0, or the last of the range
 * @param device the interface that connections leave by (SO_BINDTODEVICE), or null for the one that the route says
 * @param appearance whose address the server sees
 */
public record SourceConfig(
        List<String> hosts,
        int firstPort,
        int lastPort,
        @Nullable String device,
        Appearance appearance) {
    /** Whose address a server sees. */
    public enum Appearance {
        /** One of the hosts. */
        OWN,
        /**
         * One of the hosts, which need not be this host's ({@code usesrc ADDR}). Where the answers go is up to routing; the process needs
         * the capability CAP_NET_ADMIN or CAP_NET_RAW.
         */
        FOREIGN,
        /** That of the client, and any port ({@code usesrc clientip}); likewise. Checks, which have no client, come from the hosts. */
        CLIENT_ADDRESS,
        /** That of the client, and its port ({@code usesrc client}); likewise. */
        CLIENT_ADDRESS_AND_PORT
    }

    /**
     * Checks everything.
     *
     * @throws InvalidConfigException with every problem
     */
    public SourceConfig {
        hosts = List.copyOf(hosts);
        Objects.requireNonNull(appearance, "appearance");
        Problems problems = new Problems("source");
        if (hosts.isEmpty()) {
            problems.add("hosts", "is empty; name an address of this host");
        }
        for (int i = 0; i < hosts.size(); i++) {
            problems.address("hosts[" + i + "]", hosts.get(i));
        }
        problems.range("firstPort", firstPort, 0, 65535);
        problems.range("lastPort", lastPort, firstPort, 65535);
        if (firstPort == 0 && lastPort != 0) {
            problems.add("firstPort", "is 0, but a range begins with a port from 1 to 65535");
        }
        if (device != null) {
            problems.device("device", device);
        }
        problems.throwIfAny();
    }

    /**
     * Any port of these addresses, which are this host's.
     *
     * @throws InvalidConfigException with every problem
     */
    public static SourceConfig of(String... hosts) {
        return new SourceConfig(List.of(hosts), 0, 0, null, Appearance.OWN);
    }

    /** Whether the server sees an address that is not this host's, which the system has to allow. */
    public boolean isTransparent() {
        return appearance != Appearance.OWN;
    }
}

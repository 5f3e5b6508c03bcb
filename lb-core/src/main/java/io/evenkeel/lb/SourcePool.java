package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says where each connection to one server comes from: addresses take turns, and of a range of ports no two connections of one address
 * have the same at a time; the one whose turn is longest ago comes first. Safe for any thread.
 */
public final class SourcePool {
    private final SourceConfig config;
    private final List<String> ipv4 = new ArrayList<>();
    private final List<String> ipv6 = new ArrayList<>();
    private final Map<String, Ports> ports = new HashMap<>();
    private int turn;

    /**
     * Where a connection comes from, until it is given back.
     *
     * @param host a literal address
     * @param port of the range, or 0 for any that the system chooses
     */
    public record Source(String host, int port) {
        /** Both are required. */
        public Source {
            Objects.requireNonNull(host, "host");
        }
    }

    /** Those of one address. */
    private static final class Ports {
        private final BitSet taken = new BitSet();
        private int next;
    }

    /** One in which every port is free. */
    public SourcePool(SourceConfig config) {
        this.config = config;
        for (String host : config.hosts()) {
            (host.indexOf(':') >= 0 ? ipv6 : ipv4).add(host);
            ports.put(host, new Ports());
        }
    }

    /** What is configured. */
    public SourceConfig config() {
        return config;
    }

    /** Whether it has an address of that family. */
    public boolean has(boolean ipv6Address) {
        return !(ipv6Address ? ipv6 : ipv4).isEmpty();
    }

    /**
     * Takes the next one, to be given back.
     *
     * @param ipv6Address of which family
     * @return null if there is no address of that family, or no port is free
     */
    public synchronized @Nullable Source take(boolean ipv6Address) {
        List<String> hosts = ipv6Address ? ipv6 : ipv4;
        for (int tries = hosts.size(); tries > 0; tries--) {
            turn = turn + 1 < hosts.size() ? turn + 1 : 0;
            String host = hosts.get(turn);
            if (config.firstPort() == 0) {
                return new Source(host, 0);
            }
            int port = takePort(Objects.requireNonNull(ports.get(host)));
            if (port > 0) {
                return new Source(host, port);
            }
        }
        return null;
    }

    private int takePort(Ports of) {
        int count = config.lastPort() - config.firstPort() + 1;
        int free = of.taken.nextClearBit(of.next);
        if (free >= count) {
            free = of.taken.nextClearBit(0);
        }
        if (free >= count) {
            return 0;
        }
        of.taken.set(free);
        of.next = free + 1 < count ? free + 1 : 0;
        return config.firstPort() + free;
    }

    /** Its connection is over. */
    public synchronized void giveBack(Source source) {
        if (source.port() > 0) {
            Objects.requireNonNull(ports.get(source.host()))
                    .taken
                    .clear(source.port() - config.firstPort());
        }
    }
}

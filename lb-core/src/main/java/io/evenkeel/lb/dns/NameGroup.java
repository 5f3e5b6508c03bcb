package io.evenkeel.lb.dns;

import io.evenkeel.lb.ServerAddress;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerResolution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Servers of a backend that share the addresses of a name.
 *
 * @param id what the group is known by from one configuration to the next
 * @param key the name
 * @param port of all of them; 0: that of the service
 * @param allowDuplicates see {@link ServerResolution#allowDuplicates()}
 * @param ignoreWeight see {@link ServerResolution#ignoreWeight()}
 * @param places the servers, the first to get an address first
 */
public record NameGroup<S>(
        String id,
        NameKey key,
        int port,
        boolean allowDuplicates,
        boolean ignoreWeight,
        List<Place<S>> places) {
    /**
     * A server.
     *
     * @param server known by {@code equals}
     * @param address where it is already, or null
     */
    public record Place<S>(S server, @Nullable ServerAddress address) {}

    /** Takes a copy. */
    public NameGroup {
        places = List.copyOf(places);
    }

    /** What servers of one group have in common. */
    public static String id(String backend, ServerConfig server, ServerResolution resolution) {
        return String.join(
                " ",
                backend,
                DnsQuestion.canonical(server.host()),
                String.valueOf(server.port()),
                resolution.withInitial().toString());
    }
}

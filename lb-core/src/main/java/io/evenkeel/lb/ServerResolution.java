package io.evenkeel.lb;

import java.util.List;
import java.util.Objects;

/**
 * How the name of a server is resolved, and kept up to date while the proxy runs ({@code resolvers} on a server line).
 *
 * <p>Servers of a backend that have the same name, port and resolution share the addresses of the name: each has one of its own. A host
 * such as {@code _http._tcp.example.net} is a service: its SRV records give each server a target, a port and a weight.
 *
 * @param resolvers the name of the {@link ResolversConfig}
 * @param preferIpv4 whether addresses of IPv4 are taken if there are any, those of IPv6 else; false: the other way round
 * @param allowDuplicates whether servers for which the name has too few addresses share one ({@code allow-dup-ip}); else they have
 *     none
 * @param ignoreWeight whether the weights of SRV records count for nothing ({@code ignore-weight})
 * @param initial how the server gets an address at the start: the first way that gives one
 */
public record ServerResolution(
        String resolvers,
        boolean preferIpv4,
        boolean allowDuplicates,
        boolean ignoreWeight,
        List<InitialAddress> initial) {
    /** What HAProxy does when {@code resolvers} are given and {@code init-addr} is not. */
    public static final List<InitialAddress> DEFAULT_INITIAL =
            List.of(InitialAddress.LAST, InitialAddress.LIBC, InitialAddress.NONE);

    /** Takes a copy. */
    public ServerResolution {
        Objects.requireNonNull(resolvers, "resolvers");
        initial = List.copyOf(initial);
    }

    /** By these resolvers, IPv6 first, an address each, and what else is HAProxy's default. */
    public static ServerResolution by(String resolvers) {
        return new ServerResolution(resolvers, false, false, false, DEFAULT_INITIAL);
    }

    /** The same with IPv4 first, or IPv6. */
    public ServerResolution withPreferIpv4(boolean value) {
        return new ServerResolution(resolvers, value, allowDuplicates, ignoreWeight, initial);
    }

    /** The same with or without servers that share an address. */
    public ServerResolution withAllowDuplicates(boolean value) {
        return new ServerResolution(resolvers, preferIpv4, value, ignoreWeight, initial);
    }

    /** The same with or without the weights of SRV records. */
    public ServerResolution withIgnoreWeight(boolean value) {
        return new ServerResolution(resolvers, preferIpv4, allowDuplicates, value, initial);
    }

    /** The same with other ways at the start; if none of them gives an address the start fails. */
    public ServerResolution withInitial(InitialAddress... ways) {
        return new ServerResolution(
                resolvers, preferIpv4, allowDuplicates, ignoreWeight, List.of(ways));
    }

    /** Whether a host names a service, that is, has SRV records: {@code _service._protocol.domain}. */
    public static boolean isService(String host) {
        return host.startsWith("_") && host.indexOf("._") > 0;
    }
}

package io.evenkeel.lb.dns;

import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerResolution;
import java.util.Objects;

/**
 * A name that is kept resolved.
 *
 * @param resolvers who is asked
 * @param name in the form of {@link DnsQuestion#canonical}
 * @param preferIpv4 whether addresses of IPv4 are taken if there are any
 */
public record NameKey(String resolvers, String name, boolean preferIpv4) {
    /** Brings the name into its form. */
    public NameKey {
        Objects.requireNonNull(resolvers, "resolvers");
        name = DnsQuestion.canonical(name);
    }

    /** The name of a server. */
    public static NameKey of(ServerConfig server, ServerResolution resolution) {
        return new NameKey(resolution.resolvers(), server.host(), resolution.preferIpv4());
    }

    /** Whether it is a service, which has SRV records. */
    public boolean isService() {
        return ServerResolution.isService(name);
    }

    /** A host that is resolved in the same way. */
    NameKey withName(String host) {
        return new NameKey(resolvers, host, preferIpv4);
    }

    DnsQuestion first() {
        DnsType family = preferIpv4 ? DnsType.A : DnsType.AAAA;
        return new DnsQuestion(resolvers, name, isService() ? DnsType.SRV : family);
    }

    /** What a host is asked when it has none of the family that is preferred. */
    DnsQuestion second() {
        return new DnsQuestion(resolvers, name, preferIpv4 ? DnsType.AAAA : DnsType.A);
    }
}

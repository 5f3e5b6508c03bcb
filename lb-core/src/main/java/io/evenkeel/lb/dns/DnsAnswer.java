package io.evenkeel.lb.dns;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ResolveFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a question. Without a failure it has addresses or services.
 *
 * @param failure null if it was answered well
 * @param addresses in the answer to {@link DnsType#A} or {@link DnsType#AAAA}, in no particular order
 * @param services in the answer to {@link DnsType#SRV}, in no particular order
 * @param ttlSeconds how long it may be believed: the least of all records
 * @param additional addresses of the services' targets that came along, by name
 */
public record DnsAnswer(
        @Nullable ResolveFailure failure,
        List<IpAddress> addresses,
        List<Service> services,
        long ttlSeconds,
        Map<String, List<IpAddress>> additional) {
    /**
     * An SRV record without its priority, which HAProxy does not look at either.
     *
     * @param target the host, in the form of {@link DnsQuestion#canonical}
     * @param port 1 to 65535
     * @param weight 0 to 65535
     */
    public record Service(String target, int port, int weight) {
        /** Brings the target into its form. */
        public Service {
            target = DnsQuestion.canonical(target);
        }

        @Override
        public String toString() {
            return target + ":" + port;
        }
    }

    /** Takes copies. */
    public DnsAnswer {
        addresses = List.copyOf(addresses);
        services = List.copyOf(services);
        additional = Map.copyOf(additional);
    }

    /** No answer that helps. */
    public static DnsAnswer failed(ResolveFailure failure) {
        return new DnsAnswer(failure, List.of(), List.of(), 0, Map.of());
    }

    /** These addresses; none count as {@link ResolveFailure#NX}. */
    public static DnsAnswer addresses(List<IpAddress> addresses, long ttlSeconds) {
        return addresses.isEmpty()
                ? failed(ResolveFailure.NX)
                : new DnsAnswer(null, addresses, List.of(), ttlSeconds, Map.of());
    }

    /** These services; none count as {@link ResolveFailure#NX}. */
    public static DnsAnswer services(
            List<Service> services, long ttlSeconds, Map<String, List<IpAddress>> additional) {
        return services.isEmpty()
                ? failed(ResolveFailure.NX)
                : new DnsAnswer(null, List.of(), services, ttlSeconds, additional);
    }
}

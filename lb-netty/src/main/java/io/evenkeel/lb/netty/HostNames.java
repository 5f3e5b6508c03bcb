package io.evenkeel.lb.netty;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Has the system look up names; {@code ipv4@} or {@code ipv6@} in front of one leaves its addresses of the other family out. */
final class HostNames {
    private static final String IPV4 = "ipv4@";
    private static final String IPV6 = "ipv6@";

    private HostNames() {}

    static boolean hasFamily(String host) {
        return host.startsWith(IPV4) || host.startsWith(IPV6);
    }

    /** The name itself, as certificates have it. */
    static String withoutFamily(String host) {
        return hasFamily(host) ? host.substring(IPV4.length()) : host;
    }

    /**
     * The one that the system likes best.
     *
     * @param host a name, with its family or without, or a literal address
     * @throws UnknownHostException if there is none
     */
    static InetAddress first(String host) throws UnknownHostException {
        return all(host)[0];
    }

    /**
     * All of them, in the order of the system; at least one.
     *
     * @param host a name, with its family or without, or a literal address
     * @throws UnknownHostException if there is none
     */
    static InetAddress[] all(String host) throws UnknownHostException {
        boolean four = host.startsWith(IPV4);
        if (!hasFamily(host)) {
            return InetAddress.getAllByName(host);
        }
        String name = withoutFamily(host);
        InetAddress[] ofFamily =
                Arrays.stream(InetAddress.getAllByName(name))
                        .filter(address -> address instanceof Inet4Address == four)
                        .toArray(InetAddress[]::new);
        if (ofFamily.length == 0) {
            throw new UnknownHostException(name + " has no address of " + (four ? "IPv4" : "IPv6"));
        }
        return ofFamily;
    }
}

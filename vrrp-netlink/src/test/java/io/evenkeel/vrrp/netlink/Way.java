package io.evenkeel.vrrp.netlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How two routers speak with each other. Each has a virtual router and addresses of its own, so that several can run at once. */
enum Way {
    V2_IPV4_MULTICAST,
    V2_IPV4_UNICAST,
    V3_IPV4_MULTICAST,
    V3_IPV4_UNICAST,
    V3_IPV6_MULTICAST,
    V3_IPV6_UNICAST;

    int version() {
        return name().startsWith("V2") ? 2 : 3;
    }

    boolean isIpv6() {
        return name().contains("IPV6");
    }

    boolean isUnicast() {
        return name().endsWith("UNICAST");
    }

    int virtualRouterId() {
        return isUnicast() ? 52 : 51;
    }

    /** The interval of the advertisements: as short as can be while many routers share a small machine. */
    Duration interval() {
        return Duration.ofMillis(version() == 2 ? 1000 : 250);
    }

    /** The address that clients use. */
    String address() {
        return addressEndingWith("0");
    }

    /**
     * All virtual addresses.
     *
     * @param linkLocal whether those of IPv6 begin with a link-local one
     * @param another whether there is another one than {@link #address()}
     */
    List<String> addresses(boolean linkLocal, boolean another) {
        List<String> addresses = new ArrayList<>();
        if (isIpv6() && linkLocal) {
            addresses.add(address().replace("fd09", "fe80"));
        }
        addresses.add(address());
        if (another) {
            addresses.add(addressEndingWith("1"));
        }
        return addresses;
    }

    private String addressEndingWith(String digit) {
        return (isIpv6() ? "fd09::1" : "10.9.0.1") + (isUnicast() ? 1 : 0) + digit;
    }

    /** The address that the host with this number sends from. */
    String source(int host) {
        if (!isIpv6()) {
            return "10.9.0." + host;
        }
        return (isUnicast() ? "fd09::" : "fe80::") + host;
    }

    /** Whether a line of tcpdump shows an advertisement of the host with this number. */
    boolean isAdvertisement(String line, int host) {
        return line.contains(": " + source(host) + " > ")
                && line.contains(" Advertisement, ")
                && line.contains(" vrid " + virtualRouterId() + ",")
                && line.contains(isIpv6() ? "ethertype IPv6" : "ethertype IPv4");
    }

    @Override
    public String toString() {
        return "v%d %s %s"
                .formatted(
                        version(),
                        isIpv6() ? "IPv6" : "IPv4",
                        isUnicast() ? "unicast" : "multicast");
    }
}

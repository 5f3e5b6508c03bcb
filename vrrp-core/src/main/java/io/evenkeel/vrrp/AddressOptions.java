package io.evenkeel.vrrp;

import org.jspecify.annotations.Nullable;

/**
 * How an address is put on its interface, beside what {@link VirtualAddress} says. The protocol does not look at it.
 *
 * @param scope how far an IPv4 address reaches (rtnetlink's numbers): 0 global, 200 site, 253 link, 254 host, 255 nowhere. The
 *     kernel finds that of an IPv6 address by itself
 * @param prefixRoute whether the kernel adds the route to the address's prefix
 * @param peer the other end of a point-to-point link, whose prefix the length then is, or null
 * @param deprecated whether the host answers on the address but does not choose it for what it begins itself
 */
public record AddressOptions(
        int scope, boolean prefixRoute, @Nullable IpAddress peer, boolean deprecated) {

    /** Global, with a route to the prefix, no peer, and as good as any other address. */
    public static final AddressOptions DEFAULT = new AddressOptions(0, true, null, false);

    /**
     * @throws IllegalArgumentException if the scope is not 0..255
     */
    public AddressOptions {
        if (scope < 0 || scope > 255) {
            throw new IllegalArgumentException(
                    "The scope of an address is " + scope + "; it must be 0..255.");
        }
    }

    /** These options with that scope. */
    public AddressOptions withScope(int other) {
        return new AddressOptions(other, prefixRoute, peer, deprecated);
    }

    /** These options without a route to the prefix. */
    public AddressOptions withoutPrefixRoute() {
        return new AddressOptions(scope, false, peer, deprecated);
    }

    /** These options with that other end. */
    public AddressOptions withPeer(@Nullable IpAddress other) {
        return new AddressOptions(scope, prefixRoute, other, deprecated);
    }

    /** These options with the address deprecated or not. */
    public AddressOptions withDeprecated(boolean other) {
        return new AddressOptions(scope, prefixRoute, peer, other);
    }
}

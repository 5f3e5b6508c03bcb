package io.evenkeel.lb.dns;

import java.util.Locale;
import java.util.Objects;

/**
 * A question to name servers.
 *
 * @param resolvers who is asked
 * @param name in lower case, without the dot at its end
 * @param type what about
 */
public record DnsQuestion(String resolvers, String name, DnsType type) {
    /** All parts are required; brings the name into its form. */
    public DnsQuestion {
        Objects.requireNonNull(resolvers, "resolvers");
        name = canonical(name);
        Objects.requireNonNull(type, "type");
    }

    /** A name in the one form in which it is compared here. */
    public static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > 1 && lower.endsWith(".")
                ? lower.substring(0, lower.length() - 1)
                : lower;
    }

    @Override
    public String toString() {
        return type + " of " + name;
    }
}

package io.evenkeel.lb.haproxy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the resolvers sections: their form is checked, and nothing is made of them. */
final class ResolversParser {
    private static final List<String> STATES =
            List.of("nx", "other", "refused", "timeout", "valid", "obsolete");

    /** The names of the sections, and the one that HAProxy makes of /etc/resolv.conf by itself. */
    private final Set<String> names = new HashSet<>(Set.of("default"));

    Set<String> names() {
        return names;
    }

    /** At the line that opens a section. */
    void open(Words words) {
        String name = words.argument("resolvers", "a name");
        if (name == null) {
            return;
        }
        if (Names.check(words, "section", name)) {
            names.add(name);
        }
        words.end("resolvers");
        words.warn(
                "the resolvers "
                        + Report.quote(name)
                        + " have no effect: the JVM asks the name servers of the system, again every"
                        + " 10 s, and an address that was found stays in use until another is");
    }

    void line(Words words) {
        String name = words.next();
        switch (name) {
            case "nameserver" -> nameserver(words);
            case "parse-resolv-conf" -> {}
            case "hold" -> {
                if (words.choice(name, STATES) != null) {
                    words.time(name, true);
                }
            }
            case "timeout" -> {
                if (words.choice(name, List.of("resolve", "retry")) != null) {
                    words.time(name, true);
                }
            }
            case "resolve_retries" -> words.integer(name, 1, Integer.MAX_VALUE);
            case "accepted_payload_size" -> words.integer(name, 512, 65_535);
            default ->
                    words.refuse(
                            "unknown keyword "
                                    + Report.quote(name)
                                    + " in resolvers"
                                    + Nearest.hint(name, ResolversKeywords.TABLE.names()));
        }
        if (ResolversKeywords.TABLE.get(name) == null) {
            words.skipRest();
        }
    }

    private static void nameserver(Words words) {
        String name = words.argument("nameserver", "a name and an address:port");
        String given = words.argument("nameserver", "a name and an address:port");
        String address =
                name == null || given == null ? null : AddressVariables.expand(words, given);
        if (address == null) {
            return;
        }
        String rest = address.startsWith("udp@") ? address.substring(4) : address;
        Addresses.HostPort both = Addresses.split(rest);
        if (both.port() == null) {
            words.refuse(
                    "the name server "
                            + Report.quote(address)
                            + " has no port; write "
                            + Report.quote(both.host() + ":53"));
            return;
        }
        Addresses.host(words, "the name server", both.host(), false);
        Addresses.port(words, "the port of the name server", both.port());
    }
}

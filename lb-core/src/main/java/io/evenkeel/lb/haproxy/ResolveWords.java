package io.evenkeel.lb.haproxy;

import java.util.List;
import java.util.Set;

/** Checks the words of a server line that say how its name is resolved; none of them has an effect. */
final class ResolveWords {
    static final Set<String> NAMES =
            Set.of("resolvers", "init-addr", "resolve-prefer", "resolve-net", "resolve-opts");

    private static final List<String> METHODS = List.of("last", "libc", "none");
    private static final List<String> OPTIONS =
            List.of("allow-dup-ip", "ignore-weight", "prevent-dup-ip");

    private ResolveWords() {}

    /** At the argument of {@code name}, which is one of {@link #NAMES}. */
    static void check(Words words, String name, ServerSettings settings) {
        if (name.equals("resolve-prefer")) {
            words.choice(name, List.of("ipv4", "ipv6"));
            return;
        }
        String argument = words.argument(name, "an argument");
        if (argument == null) {
            return;
        }
        if (name.equals("resolvers")) {
            settings.resolvers = argument;
            return;
        }
        for (String part : argument.split(",", -1)) {
            boolean known =
                    switch (name) {
                        case "init-addr" -> METHODS.contains(part) || isAddress(part);
                        case "resolve-opts" -> OPTIONS.contains(part);
                        default -> isNetwork(part);
                    };
            if (!known) {
                words.refuse(
                        "'"
                                + name
                                + "' cannot be "
                                + Report.quote(part)
                                + "; write "
                                + switch (name) {
                                    case "init-addr" ->
                                            String.join(", ", METHODS) + " or an address";
                                    case "resolve-opts" -> String.join(", ", OPTIONS);
                                    default -> "networks such as 10.0.0.0/8";
                                });
            }
        }
    }

    private static boolean isAddress(String text) {
        String canonical = Addresses.canonical(text);
        return canonical != null && Addresses.isLiteral(canonical);
    }

    private static boolean isNetwork(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String bits = slash < 0 ? "0" : text.substring(slash + 1);
        return isAddress(address)
                && bits.matches("[0-9]{1,3}")
                && Integer.parseInt(bits) <= (address.indexOf(':') < 0 ? 32 : 128);
    }
}

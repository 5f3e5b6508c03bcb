package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.InitialAddress;
import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ServerResolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the words of a server line that say how its name is resolved. */
final class ResolveWords {
    static final Set<String> NAMES =
            Set.of("resolvers", "init-addr", "resolve-prefer", "resolve-net", "resolve-opts");

    private static final List<String> OPTIONS =
            List.of("allow-dup-ip", "ignore-weight", "prevent-dup-ip");

    /** What was said; immutable. */
    record Said(
            @Nullable String resolvers,
            boolean preferIpv4,
            boolean allowDuplicates,
            boolean ignoreWeight,
            @Nullable List<InitialAddress> initial) {
        static final Said NOTHING = new Said(null, false, false, false, null);

        Said preferring(boolean ipv4) {
            return new Said(resolvers, ipv4, allowDuplicates, ignoreWeight, initial);
        }
    }

    private ResolveWords() {}

    /** At the argument of {@code name}, which is one of {@link #NAMES}. */
    static void read(Words words, String name, ServerSettings settings) {
        Said said = settings.resolution;
        if (name.equals("resolve-prefer")) {
            String family = words.choice(name, List.of("ipv4", "ipv6"));
            boolean four = family == null ? said.preferIpv4 : family.equals("ipv4");
            settings.resolution = said.preferring(four);
            return;
        }
        String argument = words.argument(name, "an argument");
        if (argument == null) {
            return;
        }
        settings.resolution =
                switch (name) {
                    case "resolvers" ->
                            new Said(
                                    argument,
                                    said.preferIpv4,
                                    said.allowDuplicates,
                                    said.ignoreWeight,
                                    said.initial);
                    case "init-addr" ->
                            new Said(
                                    said.resolvers,
                                    said.preferIpv4,
                                    said.allowDuplicates,
                                    said.ignoreWeight,
                                    initial(words, argument));
                    case "resolve-opts" -> options(words, argument, said);
                    default -> {
                        networks(words, argument);
                        yield said;
                    }
                };
    }

    private static List<InitialAddress> initial(Words words, String argument) {
        List<InitialAddress> ways = new ArrayList<>();
        for (String part : argument.split(",", -1)) {
            IpAddress ip = address(part);
            switch (part) {
                case "last" -> ways.add(InitialAddress.LAST);
                case "libc" -> ways.add(InitialAddress.LIBC);
                case "none" -> ways.add(InitialAddress.NONE);
                default -> {
                    if (ip == null) {
                        refuse(words, "init-addr", part, "last, libc, none or an address");
                    } else {
                        ways.add(InitialAddress.fixed(ip));
                    }
                }
            }
        }
        return ways;
    }

    private static @Nullable IpAddress address(String text) {
        String canonical = Addresses.canonical(text);
        return canonical == null ? null : IpAddress.parse(canonical);
    }

    private static Said options(Words words, String argument, Said said) {
        boolean allow = said.allowDuplicates;
        boolean ignore = said.ignoreWeight;
        for (String part : argument.split(",", -1)) {
            switch (part) {
                case "allow-dup-ip" -> allow = true;
                case "prevent-dup-ip" -> allow = false;
                case "ignore-weight" -> ignore = true;
                default -> refuse(words, "resolve-opts", part, String.join(", ", OPTIONS));
            }
        }
        return new Said(said.resolvers, said.preferIpv4, allow, ignore, said.initial);
    }

    private static void networks(Words words, String argument) {
        for (String part : argument.split(",", -1)) {
            int slash = part.indexOf('/');
            String address = slash < 0 ? part : part.substring(0, slash);
            String bits = slash < 0 ? "0" : part.substring(slash + 1);
            if (address(address) == null
                    || !bits.matches("[0-9]{1,3}")
                    || Integer.parseInt(bits) > (address.indexOf(':') < 0 ? 32 : 128)) {
                refuse(words, "resolve-net", part, "networks such as 10.0.0.0/8");
            }
        }
    }

    private static void refuse(Words words, String name, String part, String known) {
        words.refuse("'" + name + "' cannot be " + Report.quote(part) + "; write " + known);
    }

    /** Reports resolvers that are not there, a service that nobody resolves, and words without effect. */
    static void check(Report report, ProxyDraft.Server server, Set<String> resolvers) {
        Said said = server.settings().resolution;
        String named = said.resolvers;
        boolean service = ServerResolution.isService(server.host());
        if (named != null && !resolvers.contains(named)) {
            report.refuse(
                    server.line(),
                    "there are no resolvers "
                            + Report.quote(named)
                            + "; remove the word, or write the section"
                            + Nearest.hint(named, resolvers));
        } else if (named == null && service) {
            report.refuse(
                    server.line(),
                    "the server address "
                            + Report.quote(server.host())
                            + " names a service (SRV records), which the system does not look up;"
                            + " write 'resolvers' and the name of a resolvers section");
        } else if (named == null
                && said.initial != null
                && IpAddress.parse(server.host()) == null) {
            report.warn(
                    server.line(),
                    "'init-addr' has no effect without 'resolvers': names are first looked up when"
                            + " the proxy starts, which goes on without those that are not found; no"
                            + " address stands in for them");
        }
    }

    /** How the name of a server is resolved; null: by the system, or it is an address. */
    static @Nullable ServerResolution of(ProxyDraft.Server server) {
        Said said = server.settings().resolution;
        if (said.resolvers == null || IpAddress.parse(server.host()) != null) {
            return null;
        }
        return new ServerResolution(
                said.resolvers,
                said.preferIpv4,
                said.allowDuplicates,
                said.ignoreWeight,
                said.initial == null ? ServerResolution.DEFAULT_INITIAL : said.initial);
    }
}

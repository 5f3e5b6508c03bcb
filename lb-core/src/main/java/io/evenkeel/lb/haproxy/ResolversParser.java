package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.NameserverConfig;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the resolvers sections. */
final class ResolversParser {
    /** The section that HAProxy makes of /etc/resolv.conf by itself. */
    static final String DEFAULT = "default";

    private static final List<String> STATES =
            List.of("nx", "other", "refused", "timeout", "valid", "obsolete");

    private final Map<String, Draft> sections = new LinkedHashMap<>();
    private Draft current = new Draft("", 0);

    /** A section while it is read. */
    private static final class Draft {
        final int line;
        final ResolversConfig.Builder builder;
        final Map<String, Integer> nameservers = new HashMap<>();
        boolean ofSystem;

        Draft(String name, int line) {
            this.line = line;
            builder = ResolversConfig.builder(name);
        }
    }

    /** Those that a server may name. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(sections.keySet());
        names.add(DEFAULT);
        return names;
    }

    /** Reports sections without name servers. */
    void check(Report report) {
        sections.forEach(
                (name, section) -> {
                    if (section.nameservers.isEmpty() && !section.ofSystem) {
                        report.warn(
                                section.line,
                                "the resolvers "
                                        + Report.quote(name)
                                        + " have no name server, so they resolve nothing; add"
                                        + " nameserver lines, or parse-resolv-conf");
                    }
                });
    }

    /** The model, of a file without problems; {@code default} only if somebody names it. */
    List<ResolversConfig> configs(Set<String> named) {
        List<ResolversConfig> configs = new ArrayList<>();
        sections.values().forEach(section -> configs.add(section.builder.build()));
        if (named.contains(DEFAULT) && !sections.containsKey(DEFAULT)) {
            configs.add(ResolversConfig.builder(DEFAULT).systemNameservers(true).build());
        }
        return configs;
    }

    /** At the line that opens a section. */
    void open(Words words) {
        String name = words.argument("resolvers", "a name");
        current = new Draft(name == null ? "" : name, words.line());
        if (name == null) {
            return;
        }
        if (Names.check(words, "section", name)) {
            Draft before = sections.putIfAbsent(name, current);
            if (before != null) {
                words.refuse(
                        "the resolvers "
                                + Report.quote(name)
                                + " are on line "
                                + before.line
                                + " already; give each section its own name");
            }
        }
        words.end("resolvers");
    }

    void line(Words words) {
        String name = words.next();
        switch (name) {
            case "nameserver" -> nameserver(words);
            case "parse-resolv-conf" -> {
                current.ofSystem = true;
                current.builder.systemNameservers(true);
            }
            case "hold" -> {
                String state = words.choice(name, STATES);
                Duration time = state == null ? null : words.time(name, true);
                if (state != null && time != null) {
                    hold(words, state, time);
                }
            }
            case "timeout" -> {
                String which = words.choice(name, List.of("resolve", "retry"));
                Duration time = which == null ? null : words.time(name, false);
                if (time != null && "resolve".equals(which)) {
                    current.builder.resolveTimeout(time);
                } else if (time != null) {
                    current.builder.retryTimeout(time);
                }
            }
            case "resolve_retries" -> {
                Integer count = words.integer(name, 1, Integer.MAX_VALUE);
                if (count != null) {
                    current.builder.retries(count);
                }
            }
            case "accepted_payload_size" -> {
                Integer size = words.integer(name, ResolversConfig.LEAST_PAYLOAD, 65_535);
                if (size != null) {
                    current.builder.payloadSize(size);
                }
            }
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

    private void hold(Words words, String state, Duration time) {
        switch (state) {
            case "valid" -> current.builder.holdValid(time);
            case "obsolete" -> current.builder.holdObsolete(time);
            default -> {
                ResolveFailure failure = ResolveFailure.valueOf(state.toUpperCase(Locale.ROOT));
                current.builder.hold(failure, time);
                if (failure != ResolveFailure.NX) {
                    words.warn(
                            "'hold "
                                    + state
                                    + "' lets a failure of the name servers take servers out of"
                                    + " use; without the line their addresses stay until a name"
                                    + " server says that they are gone");
                }
            }
        }
    }

    private void nameserver(Words words) {
        String name = words.argument("nameserver", "a name and an address:port");
        String given = words.argument("nameserver", "a name and an address:port");
        String address =
                name == null || given == null ? null : AddressVariables.expand(words, given);
        if (name == null || address == null || !Names.check(words, "name server", name)) {
            return;
        }
        boolean tcp = address.startsWith("tcp@");
        String rest = tcp || address.startsWith("udp@") ? address.substring(4) : address;
        Addresses.HostPort both = Addresses.split(rest);
        if (both.port() == null) {
            words.refuse(
                    "the name server "
                            + Report.quote(address)
                            + " has no port; write "
                            + Report.quote(both.host() + ":53"));
            return;
        }
        String host = Addresses.host(words, "the name server", both.host(), false);
        Integer port = Addresses.port(words, "the port of the name server", both.port());
        if (host != null && IpAddress.parse(host) == null) {
            words.refuse(
                    "the name server "
                            + Report.quote(host)
                            + " would have to be resolved itself; write its address, or"
                            + " parse-resolv-conf");
        } else if (host != null && port != null && isFirst(words, name)) {
            current.builder.nameserver(new NameserverConfig(name, host, port, tcp));
        }
    }

    private boolean isFirst(Words words, String name) {
        @Nullable Integer before = current.nameservers.putIfAbsent(name, words.line());
        if (before != null) {
            words.refuse(
                    "the name server "
                            + Report.quote(name)
                            + " is on line "
                            + before
                            + " already; give each its own name");
        }
        return before == null;
    }
}

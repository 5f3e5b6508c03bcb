package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.IpPrefix;
import io.evenkeel.vrrp.VirtualRoute;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one line of {@code virtual_routes} or {@code static_routes}. */
final class RouteReader extends OptionLine {
    private static final Map<String, Integer> SCOPES =
            Map.of("global", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255);
    private static final Map<String, Integer> PROTOCOLS = Map.of("boot", 3, "static", 4);

    private @Nullable String destination;
    private @Nullable Boolean ipv4;
    private VirtualRoute.Type type = VirtualRoute.Type.UNICAST;
    private @Nullable IpAddress gateway;
    private @Nullable String device;
    private @Nullable IpAddress source;
    private int table = VirtualRoute.MAIN_TABLE;
    private long metric;
    private @Nullable Integer scope;
    private boolean onlink;
    private int mtu;
    private int protocol = VirtualRoute.EVENKEEL_PROTOCOL;

    private RouteReader(Statement statement, Findings findings) {
        super("a route", RouteVocabulary.ROUTE, statement, findings);
    }

    static PlacedList<VirtualRoute> readAll(
            Statement block, PlacedList<VirtualRoute> into, Findings findings) {
        for (Statement statement : block.block()) {
            VirtualRoute route = new RouteReader(statement, findings).read();
            if (route != null) {
                into.add(route, statement.place());
            }
        }
        return into;
    }

    /** Returns the route, or reports everything that is wrong with it and returns null. */
    private @Nullable VirtualRoute read() {
        readOptions();
        if (destination == null && !isRefused()) {
            error("the route has no destination; write a prefix, an address or 'default' in it");
        }
        IpPrefix prefix = destination == null || isRefused() ? null : destination(destination);
        if (prefix == null || isRefused()) {
            return null;
        }
        VirtualRoute.Builder builder =
                VirtualRoute.to(prefix)
                        .type(type)
                        .via(gateway)
                        .device(device)
                        .source(source)
                        .table(table)
                        .metric(metric)
                        .onlink(onlink)
                        .mtu(mtu)
                        .protocol(protocol);
        if (scope != null) {
            builder.scope(scope);
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            error(e);
            return null;
        }
    }

    private @Nullable IpPrefix destination(String text) {
        boolean all = text.equals("default") || text.equals("default6");
        IpPrefix prefix = all ? IpPrefix.all(isDefaultIpv4(text)) : prefix("to", text, true);
        Boolean wanted = ipv4;
        if (prefix != null && wanted != null && wanted != prefix.isIpv4()) {
            error(
                    "the route is said to be "
                            + (wanted ? "IPv4" : "IPv6")
                            + ", and its destination is "
                            + text
                            + "; remove one of them");
            return null;
        }
        return prefix;
    }

    /** A default route is IPv4 unless something in the line is IPv6. */
    private boolean isDefaultIpv4(String text) {
        if (text.equals("default6")) {
            return false;
        }
        Boolean wanted = ipv4;
        if (wanted != null) {
            return wanted;
        }
        IpAddress known = gateway != null ? gateway : source;
        return known == null || known.isIpv4();
    }

    @Override
    boolean setBare(String word) {
        boolean isDestination = word.equals("default") || word.equals("default6") || isPrefix(word);
        if (destination != null || !isDestination) {
            return false;
        }
        destination = word;
        return true;
    }

    @Override
    void set(String option, String value) {
        switch (option) {
            case "to" -> to(value);
            case "via", "gw" -> gateway = address(option, value);
            case "src" -> source = address(option, value);
            case "dev", "oif" -> device = value;
            case "table" -> table = table(option, value);
            case "metric", "priority", "preference" ->
                    metric = number(option, value, 0, 0xffff_ffffL);
            case "scope" -> scope = named(option, value, SCOPES, 0);
            case "mtu" -> mtu = (int) number(option, value, 68, 65_535);
            case "protocol" -> protocol = named(option, value, PROTOCOLS, 1);
            case "onlink" -> onlink = true;
            case "inet" -> ipv4 = true;
            case "inet6" -> ipv4 = false;
            default -> type = VirtualRoute.Type.valueOf(option.toUpperCase(Locale.ROOT));
        }
    }

    private void to(String value) {
        if (destination != null) {
            error(
                    "the route has two destinations, '"
                            + destination
                            + "' and '"
                            + value
                            + "'; write a line for each");
        }
        destination = value;
    }

    private int named(String option, String value, Map<String, Integer> names, int least) {
        Integer named = names.get(value);
        if (named != null) {
            return named;
        }
        Long number = Numbers.unsigned(value);
        if (number != null && number >= least && number <= 255) {
            return number.intValue();
        }
        error(
                "'"
                        + option
                        + "' is '"
                        + value
                        + "'; it must be "
                        + String.join(", ", names.keySet().stream().sorted().toList())
                        + " or a number from "
                        + least
                        + " to 255");
        return least;
    }
}

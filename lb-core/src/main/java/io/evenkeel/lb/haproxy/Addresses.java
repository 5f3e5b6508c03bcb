package io.evenkeel.lb.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses, host names and ports as text; nothing is resolved. */
final class Addresses {
    private static final String ANY_IPV4 = "0.0.0.0";
    private static final int LONGEST_NAME = 253;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "([.]" + OCTET + "){3}");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern NAME =
            Pattern.compile(LABEL + "([.]" + LABEL + ")*+[.]?", Pattern.CASE_INSENSITIVE);
    private static final String IPV4_NAME = "ipv4@";
    private static final String IPV6_NAME = "ipv6@";
    private static final List<String> FAMILIES =
            List.of(IPV4_NAME, IPV6_NAME, "tcp4@", "tcp6@", "tcp@");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,9}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    /** What stands before and after the last colon; no port: null. */
    record HostPort(String host, @Nullable String port) {}

    private Addresses() {}

    /** The word that an address of IPv4 or IPv6 may have in front, with its {@code @}; "" for none. */
    private static String family(String host) {
        for (String family : FAMILIES) {
            if (host.startsWith(family)) {
                return family;
            }
        }
        return "";
    }

    /** Splits {@code host:port}; an IPv6 address may be in brackets, which are taken off. */
    static HostPort split(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketsLast = text.endsWith("]");
        String host = colon < 0 || bracketsLast ? text : text.substring(0, colon);
        String port = colon < 0 || bracketsLast ? null : text.substring(colon + 1);
        if (host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0) {
            host = host.substring(1, host.length() - 1);
        }
        return new HostPort(host, port);
    }

    /** Splits {@code host[:port]}, where an IPv6 address with a port needs brackets. */
    static HostPort splitOptionalPort(String text) {
        boolean bareIpv6 = !text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':');
        return bareIpv6 ? new HostPort(text, null) : split(text);
    }

    /**
     * The host in one spelling, or null after it was refused. A name of which only the addresses of one family count has {@code ipv4@} or
     * {@code ipv6@} in front.
     *
     * @param wildcards whether {@code *} and nothing at all stand for every IPv4 address
     */
    static @Nullable String host(Words words, String of, String host, boolean wildcards) {
        if (isNoTcp(host)) {
            words.refuse(
                    of
                            + " "
                            + Report.quote(host)
                            + " is not supported: only TCP over IPv4 and IPv6 is; write the address"
                            + " alone, such as 192.0.2.1:80 or [2001:db8::1]:80");
            return null;
        }
        String family = family(host);
        if (!family.isEmpty()) {
            return hostOf(words, of, family, host.substring(family.length()), wildcards);
        }
        if (host.isEmpty() || host.equals("*")) {
            if (wildcards) {
                return ANY_IPV4;
            }
            words.refuse(of + " names no host; write an address or a name, such as 192.0.2.1:80");
            return null;
        }
        String canonical = canonical(host);
        if (canonical == null) {
            words.refuse(
                    of
                            + " "
                            + Report.quote(host)
                            + " is neither an IP address nor a host name; write one such as"
                            + " 192.0.2.1, [2001:db8::1] or web1.example.net");
        }
        return canonical;
    }

    /** A name as {@link #host} has it, or an address, but for no family; null after it was refused. */
    static @Nullable String name(Words words, String of, String name) {
        if (!family(name).isEmpty()) {
            words.refuse(
                    of
                            + " "
                            + Report.quote(name)
                            + " is not looked up, so it has no family; write the name alone");
            return null;
        }
        return host(words, of, name, false);
    }

    /** The name without the family that {@link #host} has left in front of it. */
    static String withoutFamily(String host) {
        return host.substring(family(host).length());
    }

    /** Whether of a name only addresses of that family count. */
    static boolean isOfIpv4(String host) {
        return host.startsWith(IPV4_NAME);
    }

    /** The host behind a word such as {@code ipv6@}: an address of that family, or a name, which keeps the word. */
    private static @Nullable String hostOf(
            Words words, String of, String family, String rest, boolean wildcards) {
        boolean six = family.contains("6");
        boolean any = rest.isEmpty() || rest.equals("*");
        String host = any && six && wildcards ? "::" : split(rest + ":0").host();
        host = host(words, of, host, wildcards);
        if (host == null || family.equals("tcp@")) {
            return host;
        }
        if (!isLiteral(host)) {
            return (six ? IPV6_NAME : IPV4_NAME) + host;
        }
        if (six == isIpv4(host)) {
            words.refuse(
                    of
                            + " "
                            + Report.quote(family + rest)
                            + " is no IPv"
                            + (six ? 6 : 4)
                            + " address; write one, or the address alone");
            return null;
        }
        return host;
    }

    /** Whether the host is a path or has something in front that is no IP family, such as {@code unix@}. */
    static boolean isNoTcp(String host) {
        String rest = host.substring(family(host).length());
        return rest.indexOf('@') >= 0 || rest.indexOf('/') >= 0;
    }

    /** A port from 1 to 65535, or null after it was refused. */
    static @Nullable Integer port(Words words, String of, String port) {
        if (PORT.matcher(port).matches()) {
            int value = Integer.parseInt(port);
            if (value >= 1 && value <= 65535) {
                return value;
            }
        }
        words.refuse(
                of
                        + " "
                        + Report.quote(port)
                        + " is no port; write a whole number from 1 to 65535");
        return null;
    }

    /** A port or a range {@code 8000-8010}; empty after a refusal. */
    static List<Integer> ports(Words words, String of, String ports) {
        int dash = ports.indexOf('-', 1);
        Integer first = port(words, of, dash < 0 ? ports : ports.substring(0, dash));
        Integer last = dash < 0 ? first : port(words, of, ports.substring(dash + 1));
        if (first == null || last == null) {
            return List.of();
        }
        if (last < first) {
            words.refuse(
                    of
                            + " range "
                            + Report.quote(ports)
                            + " ends before it starts; write the lower port first");
            return List.of();
        }
        List<Integer> all = new ArrayList<>();
        for (int port = first; port <= last; port++) {
            all.add(port);
        }
        return all;
    }

    /** Whether a host that was accepted is an address and no name. */
    static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || isIpv4(host);
    }

    /** The host in one spelling, or null when it is neither an address nor a name. */
    static @Nullable String canonical(String host) {
        if (host.indexOf(':') >= 0) {
            return canonicalIpv6(host);
        }
        if (DIGITS_AND_DOTS.matcher(host).matches()) {
            return isIpv4(host) ? host : null;
        }
        boolean name = host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
        return name ? host : null;
    }

    private static boolean isIpv4(String host) {
        return IPV4.matcher(host).matches();
    }

    /** Groups without leading zeros, the longest run of zeros as {@code ::} (RFC 5952 section 4). */
    private static @Nullable String canonicalIpv6(String host) {
        String text = host;
        int colon = host.lastIndexOf(':');
        String tail = host.substring(colon + 1);
        if (tail.indexOf('.') >= 0) {
            if (!isIpv4(tail)) {
                return null;
            }
            String[] o = tail.split("[.]");
            int high = Integer.parseInt(o[0]) << 8 | Integer.parseInt(o[1]);
            int low = Integer.parseInt(o[2]) << 8 | Integer.parseInt(o[3]);
            text = host.substring(0, colon + 1) + hex(high) + ":" + hex(low);
        }
        int gap = text.indexOf("::");
        List<String> groups = groups(gap < 0 ? text : text.substring(0, gap));
        List<String> after = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        int missing = 8 - groups.size() - after.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        List<String> all = new ArrayList<>(groups);
        for (int i = 0; i < missing; i++) {
            all.add("0");
        }
        all.addAll(after);
        for (int i = 0; i < all.size(); i++) {
            if (!GROUP.matcher(all.get(i)).matches()) {
                return null;
            }
            all.set(i, hex(Integer.parseInt(all.get(i), 16)));
        }
        return shortened(all);
    }

    private static String shortened(List<String> groups) {
        int start = 0;
        int length = 1;
        for (int i = 0; i < groups.size(); i++) {
            int end = i;
            while (end < groups.size() && groups.get(end).equals("0")) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        if (length < 2) {
            return String.join(":", groups);
        }
        return String.join(":", groups.subList(0, start))
                + "::"
                + String.join(":", groups.subList(start + length, groups.size()));
    }

    private static List<String> groups(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
    }

    private static String hex(int group) {
        return Integer.toHexString(group);
    }
}

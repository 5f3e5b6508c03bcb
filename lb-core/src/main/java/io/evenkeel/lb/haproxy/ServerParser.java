package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.ServerResolution;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads server and server-template lines. */
final class ServerParser {
    private static final String NAME_AND_ADDRESS = "a name and an address:port";
    private static final String PREFIX_COUNT_AND_NAME = "a prefix, a number and a name:port";
    private static final Pattern COUNT = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");

    private static final Pattern DIFFERENCE = Pattern.compile("[+-][0-9]{1,5}");

    /** Where a server is; {@code mapped}: see {@link ProxyDraft.Server}. */
    private record Place(String host, int port, boolean mapped) {}

    private ServerParser() {}

    static void server(Words words, ProxyDraft draft) {
        draft.serverRefused = true;
        String name = words.argument("server", NAME_AND_ADDRESS);
        String address = words.argument("server", NAME_AND_ADDRESS);
        if (name == null || address == null) {
            return;
        }
        Place place = place(words, address);
        boolean named = Names.check(words, "server", name);
        ServerSettings own = draft.settings.server.copy();
        ServerWords.read(words, own);
        place = resolved(place, own);
        if (named && place != null && fits(words, draft, 1)) {
            draft.servers.add(
                    new ProxyDraft.Server(
                            name,
                            place.host(),
                            place.port(),
                            place.mapped(),
                            0,
                            own,
                            words.line()));
        }
    }

    /** {@code server-template PREFIX NUMBER|FIRST-LAST NAME:PORT ...}: as many server lines. */
    static void template(Words words, ProxyDraft draft) {
        draft.serverRefused = true;
        String prefix = words.argument("server-template", PREFIX_COUNT_AND_NAME);
        String count = words.argument("server-template", PREFIX_COUNT_AND_NAME);
        String address = words.argument("server-template", PREFIX_COUNT_AND_NAME);
        if (prefix == null || count == null || address == null) {
            return;
        }
        Matcher range = COUNT.matcher(count);
        int first = 1;
        int last = 0;
        if (range.matches()) {
            boolean from = range.group(2) != null;
            first = from ? Integer.parseInt(range.group(1)) : 1;
            last = Integer.parseInt(range.group(from ? 2 : 1));
        }
        if (last < first || last - first >= BackendConfig.MAX_SERVERS) {
            words.refuse(
                    "'server-template' cannot make "
                            + Report.quote(count)
                            + " servers; write a number from 1 to "
                            + BackendConfig.MAX_SERVERS
                            + ", or a range such as 1-3");
            last = first - 1;
        }
        Place place = place(words, address);
        boolean named = Names.check(words, "server", prefix);
        ServerSettings own = draft.settings.server.copy();
        ServerWords.read(words, own);
        place = resolved(place, own);
        if (!named || place == null || !fits(words, draft, last - first + 1)) {
            return;
        }
        boolean shared = Addresses.isLiteral(place.host()) || own.resolution.resolvers() != null;
        ServerSettings others = own.copy();
        // As in HAProxy the first has the id, and the others the next that are free.
        others.id = 0;
        for (int i = first; i <= last; i++) {
            draft.servers.add(
                    new ProxyDraft.Server(
                            prefix + i,
                            place.host(),
                            place.port(),
                            place.mapped(),
                            shared ? 0 : i - first + 1,
                            i == first ? own : others,
                            words.line()));
        }
    }

    /** What resolvers look up has no family: the one in front of the name is preferred. */
    private static @Nullable Place resolved(@Nullable Place place, ServerSettings own) {
        if (place == null || own.resolution.resolvers() == null) {
            return place;
        }
        String name = Addresses.withoutFamily(place.host());
        if (name.equals(place.host())) {
            return place;
        }
        own.resolution = own.resolution.preferring(Addresses.isOfIpv4(place.host()));
        return new Place(name, place.port(), place.mapped());
    }

    private static boolean fits(Words words, ProxyDraft draft, int more) {
        boolean fits = more <= BackendConfig.MAX_SERVERS - draft.servers.size();
        if (!fits) {
            words.refuse(
                    "with this line "
                            + draft.title()
                            + " would have "
                            + (draft.servers.size() + more)
                            + " servers; "
                            + BackendConfig.MAX_SERVERS
                            + " is the most, so divide them over several backends");
        }
        return fits;
    }

    private static @Nullable Place place(Words words, String given) {
        String address = AddressVariables.expand(words, given);
        if (address == null) {
            return null;
        }
        Addresses.HostPort both = Addresses.split(address);
        String host = Addresses.host(words, "the server address", both.host(), false);
        String port = both.port() == null ? "" : both.port();
        if (ServerResolution.isService(both.host()) && (port.isEmpty() || port.equals("0"))) {
            // Its SRV records say the ports.
            return host == null ? null : new Place(host, 0, false);
        }
        boolean mapped = port.isEmpty() || port.equals("0") || DIFFERENCE.matcher(port).matches();
        Integer number =
                mapped
                        ? Integer.valueOf(port.isEmpty() ? "0" : port)
                        : Addresses.port(words, "the server port", port);
        return host == null || number == null ? null : new Place(host, number, mapped);
    }
}

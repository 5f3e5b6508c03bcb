package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the peers sections. */
final class PeersParser {
    private final Map<String, PeersDraft> sections = new LinkedHashMap<>();
    private PeersDraft current = new PeersDraft("", 0);

    /** Their names, in the order of the file. */
    Map<String, PeersDraft> sections() {
        return sections;
    }

    /** At the line that opens a section. */
    void open(Words words) {
        String name = words.argument("peers", "a name");
        current = new PeersDraft(name == null ? "" : name, words.line());
        if (name == null || !Names.check(words, "section", name)) {
            return;
        }
        words.end("peers");
        PeersDraft before = sections.putIfAbsent(name, current);
        if (before != null) {
            words.refuse(
                    "the peers name "
                            + Report.quote(name)
                            + " is taken by the section on line "
                            + before.line
                            + "; give each its own");
        }
    }

    void line(Words words) {
        String keyword = words.next();
        Keyword known = PeersKeywords.TABLE.get(keyword);
        if (known == null) {
            words.refuse(
                    "unknown keyword "
                            + Report.quote(keyword)
                            + " in peers"
                            + Nearest.hint(keyword, PeersKeywords.TABLE.names()));
            words.skipRest();
        } else if (KeywordTable.carriedOut(words, keyword, known)) {
            switch (keyword) {
                case "peer", "server" -> peer(words, keyword);
                case "bind" -> bind(words);
                case "default-bind" -> PeerWords.ofBind(words, current);
                case "default-server" -> PeerWords.ofPeer(words, current.defaults);
                default -> current.disabled = keyword.equals("disabled");
            }
        }
    }

    private void peer(Words words, String keyword) {
        String name = words.argument(keyword, "a name and an address:port");
        if (name == null || !Names.check(words, "peer", name)) {
            current.refused = true;
            words.skipRest();
            return;
        }
        current.hasPeerLine |= keyword.equals("peer");
        checkMixed(words);
        PeersDraft.Place before = current.peers.get(name);
        if (before != null) {
            words.refuse(
                    "the peer "
                            + Report.quote(name)
                            + " is on line "
                            + before.line()
                            + " already; give each its own name");
        }
        BindAddress address = null;
        if (words.hasNext()) {
            address = address(words, words.next());
            current.refused |= address == null;
        }
        ServerSettings own = current.defaults.copy();
        PeerWords.ofPeer(words, own);
        current.peers.put(name, new PeersDraft.Place(address, own, words.line()));
    }

    private void bind(Words words) {
        String given = words.argument("bind", "an address and a port such as *:10000");
        BindAddress address = given == null ? null : address(words, given);
        if (address == null) {
            current.refused = true;
        } else {
            current.binds.add(new PeersDraft.Bind(address, words.line()));
            checkMixed(words);
        }
        PeerWords.ofBind(words, current);
    }

    private void checkMixed(Words words) {
        if (current.hasPeerLine && !current.binds.isEmpty() && !current.refused) {
            current.refused = true;
            words.refuse(
                    "'peer' and 'bind' cannot stand in one section, as in HAProxy; write 'server'"
                            + " for 'peer', this node's without an address");
        }
    }

    private static @Nullable BindAddress address(Words words, String given) {
        String expanded = AddressVariables.expand(words, given);
        if (expanded == null) {
            return null;
        }
        Addresses.HostPort both = Addresses.split(expanded);
        if (both.port() == null || both.port().isEmpty()) {
            words.refuse(
                    "the address "
                            + Report.quote(expanded)
                            + " has no port; write one, such as "
                            + Report.quote(both.host() + ":10000"));
            return null;
        }
        String host = Addresses.host(words, "the address", both.host(), true);
        Integer port = Addresses.port(words, "the port", both.port());
        return host == null || port == null ? null : new BindAddress(host, port);
    }
}

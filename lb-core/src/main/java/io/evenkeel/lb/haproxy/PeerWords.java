package io.evenkeel.lb.haproxy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words after the address of a peer and of a bind line of peers: those about TLS. Others that HAProxy takes there are of use for
 * servers and clients only.
 */
final class PeerWords {
    /** Without them another would get what is not meant for it, or something else. */
    private static final Set<String> NEEDED_TO_LISTEN =
            Set.of("accept-proxy", "interface", "transparent", "v6only");

    private static final Set<String> NEEDED_TO_CONNECT =
            Set.of(
                    "proxy-v2-options",
                    "send-proxy",
                    "send-proxy-v2",
                    "send-proxy-v2-ssl",
                    "send-proxy-v2-ssl-cn",
                    "source");

    private PeerWords() {}

    /** Of a peer, server or default-server line, to its end. */
    static void ofPeer(Words words, ServerSettings settings) {
        while (words.hasNext()) {
            String name = words.next();
            if (name.equals("verify") || name.equals("ca-file")) {
                ServerWords.read(words, name, settings);
            } else if (name.equals("sni") && words.peek().equals("ssl_fc_sni")) {
                words.next();
                words.warn("'sni ssl_fc_sni' has no effect on peers, where there is no client");
            } else if (!settings.tls.read(words, name)) {
                // Elsewhere, for it is not to be remembered.
                ServerWords.read(words, name, settings.copy());
                other(words, name, ServerKeywords.TABLE.get(name), NEEDED_TO_CONNECT);
            }
        }
    }

    /** Of a bind or default-bind line, to its end. */
    static void ofBind(Words words, PeersDraft section) {
        while (words.hasNext()) {
            section.tlsLine = words.line();
            String name = words.next();
            if (section.tls.read(words, name)) {
                continue;
            }
            Keyword keyword = BindKeywords.TABLE.get(name);
            if (keyword == null) {
                words.refuse(
                        "unknown word "
                                + Report.quote(name)
                                + " in a bind line"
                                + Nearest.hint(name, BindKeywords.TABLE.names(Section.BIND)));
                continue;
            }
            switch (keyword.support()) {
                case SUPPORTED -> other(words, name, keyword, NEEDED_TO_LISTEN);
                case IGNORED -> words.warn("'" + name + "' has no effect: " + keyword.note());
                case REFUSED -> words.refuse("'" + name + "' is not supported: " + keyword.note());
            }
            if (!BindKeywords.WITHOUT_ARGUMENT.contains(name)) {
                words.argument(name, "an argument");
            }
        }
    }

    private static void other(
            Words words, String name, @Nullable Keyword keyword, Set<String> needed) {
        if (needed.contains(name)) {
            words.refuse(
                    "'"
                            + name
                            + "' is not supported on lines of peers, of whose words only those about"
                            + " TLS are carried out; remove it");
        } else if (keyword != null && keyword.support() == Keyword.Support.SUPPORTED) {
            words.warn("'" + name + "' has no effect on peers");
        }
    }
}

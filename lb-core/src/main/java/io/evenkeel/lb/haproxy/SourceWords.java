package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.SourceConfig;
import io.evenkeel.lb.SourceConfig.Appearance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code source ADDR[:PORT[-PORT]] [usesrc ...] [interface IF]}. */
final class SourceWords {
    private static final String ARGUMENTS = "an address of this host, such as 192.0.2.1";

    private final Words words;
    private String host = "0.0.0.0";
    private int firstPort;
    private int lastPort;
    private @Nullable String device;
    private Appearance appearance = Appearance.OWN;
    private boolean refused;

    private SourceWords(Words words) {
        this.words = words;
    }

    /** Of a section, to the end of the line; null if the system chooses, or it was refused. */
    static @Nullable SourceConfig ofSection(Words words) {
        SourceWords reader = new SourceWords(words);
        reader.address();
        while (words.hasNext()) {
            String word = words.next();
            if (!reader.option(word)) {
                words.unknown(word, "source", List.of("usesrc", "interface"));
            }
        }
        if (reader.firstPort != reader.lastPort) {
            words.refuse(
                    "'source' of a section takes no range of ports, as in HAProxy; write it on the"
                            + " server lines");
        }
        return reader.config();
    }

    /** Of a server line, up to the first word that does not belong to it. */
    static @Nullable SourceConfig ofServer(Words words) {
        SourceWords reader = new SourceWords(words);
        reader.address();
        while (words.peek().equals("usesrc") || words.peek().equals("interface")) {
            reader.option(words.next());
        }
        return reader.config();
    }

    private @Nullable SourceConfig config() {
        boolean any = host.equals("0.0.0.0") && firstPort == 0 && appearance == Appearance.OWN;
        if (refused || any && device == null) {
            return null;
        }
        return words.report()
                .orRefuse(
                        words.line(),
                        () ->
                                new SourceConfig(
                                        List.of(host), firstPort, lastPort, device, appearance));
    }

    private void address() {
        String text = words.argument("source", ARGUMENTS);
        if (text == null) {
            refused = true;
        } else {
            take(text, "the source address");
        }
    }

    private void take(String text, String of) {
        String expanded = AddressVariables.expand(words, text);
        if (expanded == null) {
            refused = true;
            return;
        }
        Addresses.HostPort both = Addresses.splitOptionalPort(expanded);
        String literal = Addresses.host(words, of, both.host(), true);
        if (literal != null && !Addresses.isLiteral(literal)) {
            words.refuse(of + " " + Report.quote(text) + " is a name, and is to be " + ARGUMENTS);
            literal = null;
        }
        String port = both.port();
        List<Integer> ends =
                port == null || port.isEmpty() || port.equals("0")
                        ? List.of(0, 0)
                        : range(of, port);
        if (literal == null || ends.isEmpty()) {
            refused = true;
            return;
        }
        host = literal;
        firstPort = ends.get(0);
        lastPort = ends.get(1);
    }

    /** Its first port and its last; empty after a refusal. */
    private List<Integer> range(String of, String ports) {
        int dash = ports.indexOf('-', 1);
        Integer first =
                Addresses.port(words, of + " port", dash < 0 ? ports : ports.substring(0, dash));
        Integer last =
                dash < 0 ? first : Addresses.port(words, of + " port", ports.substring(dash + 1));
        if (first == null || last == null) {
            return List.of();
        }
        if (last < first) {
            words.refuse(
                    of
                            + " port range "
                            + Report.quote(ports)
                            + " ends before it starts; write the lower port first");
            return List.of();
        }
        return List.of(first, last);
    }

    private boolean option(String name) {
        if (name.equals("interface")) {
            device = words.argument(name, "the name of an interface");
            refused |= device == null;
            return true;
        }
        if (!name.equals("usesrc")) {
            return false;
        }
        String seen = words.argument(name, "client, clientip or an address");
        if (seen == null) {
            refused = true;
        } else if (seen.equals("client")) {
            appearance = Appearance.CLIENT_ADDRESS_AND_PORT;
        } else if (seen.equals("clientip")) {
            appearance = Appearance.CLIENT_ADDRESS;
        } else if (seen.startsWith("hdr_ip(")) {
            words.warn(
                    "'usesrc hdr_ip' has no effect: "
                            + "it takes an address from an HTTP request, which is not read in mode"
                            + " tcp, also not by HAProxy");
        } else {
            appearance = Appearance.FOREIGN;
            take(seen, "the usesrc address");
        }
        return true;
    }
}

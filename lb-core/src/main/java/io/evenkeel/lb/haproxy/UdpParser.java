package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.UdpFrontendConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the udp-lb sections. */
final class UdpParser {
    private final List<UdpDraft> sections = new ArrayList<>();
    private UdpDraft current = new UdpDraft("", 0);

    /** In the order of the file. */
    List<UdpDraft> sections() {
        return sections;
    }

    /** At the line that opens a section. */
    void open(Words words) {
        String name = words.argument("udp-lb", "a name");
        current = new UdpDraft(name == null ? "" : name, words.line());
        if (name != null && Names.check(words, "section", name)) {
            sections.add(current);
            words.end("udp-lb");
        }
    }

    void line(Words words) {
        String name = UdpKeywords.TABLE.take(words);
        Keyword keyword = UdpKeywords.TABLE.get(name);
        if (keyword == null) {
            words.refuse(
                    "unknown keyword "
                            + Report.quote(name)
                            + " in udp-lb"
                            + Nearest.hint(name, UdpKeywords.TABLE.names()));
            words.skipRest();
        } else if (KeywordTable.carriedOut(words, name, keyword)) {
            supported(words, name);
        }
    }

    private void supported(Words words, String name) {
        ProxyDraft proxy = current.proxy;
        ProxySettings settings = proxy.settings;
        switch (name) {
            case "dgram-bind" -> bind(words);
            case "server" -> ServerParser.server(words, proxy);
            case "server-template" -> ServerParser.template(words, proxy);
            case "default-server" -> ServerWords.read(words, settings.server);
            case "balance" -> settings.balance.readBalance(words);
            case "hash-type" -> settings.balance.readHashType(words);
            case "hash-balance-factor" -> settings.balance.readFactor(words);
            case "proxy-requests" -> current.requests = number(words, name, 0, current.requests);
            case "proxy-responses" -> current.responses = number(words, name, 0, current.responses);
            case "maxconn" ->
                    settings.maxConnections = number(words, name, 1, settings.maxConnections);
            case "accepted-payload-size" -> {
                Integer most = words.integer(name, 1, UdpFrontendConfig.LONGEST_DATAGRAM);
                current.maxDatagramBytes = most == null ? current.maxDatagramBytes : most;
            }
            case "timeout client" -> settings.clientTimeout = timeout(words, name);
            case "timeout server" -> settings.serverTimeout = timeout(words, name);
            case "timeout check" -> settings.checkTimeout = timeout(words, name);
            case "timeout connect" -> settings.connectTimeout = timeout(words, name);
            case "option tcp-check" -> settings.checks.choose(CheckRules.Kind.TCP);
            case "disabled", "enabled" -> settings.disabled = name.equals("disabled");
            case "description" -> words.skipRest();
            default -> TcpCheckParser.read(words, settings.checks, name);
        }
    }

    private static int number(Words words, String name, int least, int otherwise) {
        Integer given = words.integer(name, least, Integer.MAX_VALUE);
        return given == null ? otherwise : given;
    }

    private static @Nullable Duration timeout(Words words, String name) {
        return words.time(name, false);
    }

    private void bind(Words words) {
        ProxyDraft proxy = current.proxy;
        proxy.bindRefused = true;
        String addresses =
                words.argument("dgram-bind", "an address and a port such as 192.0.2.1:53");
        if (addresses == null) {
            return;
        }
        for (String address : addresses.split(",", -1)) {
            String expanded = AddressVariables.expand(words, address);
            if (expanded != null) {
                address(words, expanded);
            }
        }
        while (words.hasNext()) {
            bindWord(words, words.next());
        }
    }

    private void address(Words words, String address) {
        Addresses.HostPort both = Addresses.split(address);
        if (Addresses.isNoTcp(both.host())) {
            words.refuse(
                    "the address "
                            + Report.quote(address)
                            + " is not supported: only UDP over IPv4 and IPv6 is; write the address"
                            + " alone, such as 192.0.2.1:53");
            return;
        }
        String host = Addresses.host(words, "the address", both.host(), true);
        if (host == null) {
            return;
        }
        if (both.port() == null || both.port().isEmpty()) {
            words.refuse(
                    "the address "
                            + Report.quote(address)
                            + " has no port; write one, such as "
                            + Report.quote(both.host() + ":53"));
            return;
        }
        for (int port : Addresses.ports(words, "the port", both.port())) {
            current.proxy.binds.add(
                    new ProxyDraft.Bind(new BindAddress(host, port), false, null, words.line()));
        }
    }

    private void bindWord(Words words, String word) {
        switch (word) {
            case "transparent" -> {}
            case "maxconn" ->
                    current.proxy.bindMaxConnections =
                            number(words, word, 1, current.proxy.bindMaxConnections);
            case "nice", "shards", "thread" -> {
                words.warn(
                        "'"
                                + word
                                + "' has no effect: every event loop has a share of the address");
                words.argument(word, "an argument");
            }
            case "namespace" -> {
                words.refuse(
                        "'namespace' is not supported: what reaches the address is taken; bind the"
                                + " address itself");
                words.argument(word, "an argument");
            }
            default -> words.unknown(word, "dgram-bind", UdpDraft.BIND_WORDS);
        }
    }
}

package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;

/** Reads a bind line. */
final class BindParser {
    private BindParser() {}

    static void read(Words words, ProxyDraft draft) {
        draft.bindRefused = true;
        String addresses = words.argument("bind", "an address and a port such as *:80");
        if (addresses == null) {
            return;
        }
        for (String address : addresses.split(",", -1)) {
            String expanded = AddressVariables.expand(words, address);
            if (expanded != null) {
                address(words, draft, expanded);
            }
        }
        BindTlsWords tls = new BindTlsWords();
        boolean listed = words.has("crt-list");
        while (words.hasNext()) {
            option(words, draft, tls, words.next());
        }
        tls.check(words.report(), words.line(), listed);
        if (tls.isOn()) {
            draft.binds.replaceAll(bind -> bind.line() == words.line() ? bind.with(tls) : bind);
        }
    }

    private static void address(Words words, ProxyDraft draft, String address) {
        Addresses.HostPort both = Addresses.split(address);
        if (Addresses.isNoTcp(both.host())) {
            Addresses.host(words, "the address", both.host(), true);
            return;
        }
        if (both.port() == null || both.port().isEmpty()) {
            words.refuse(
                    "the address "
                            + Report.quote(address)
                            + " has no port; write one, such as "
                            + Report.quote(both.host() + ":80"));
            return;
        }
        String host = Addresses.host(words, "the address", both.host(), true);
        for (int port : Addresses.ports(words, "the port", both.port())) {
            if (host != null) {
                draft.binds.add(
                        new ProxyDraft.Bind(
                                new BindAddress(host, port), false, null, words.line()));
            }
        }
    }

    private static void option(Words words, ProxyDraft draft, BindTlsWords tls, String name) {
        Keyword keyword = BindKeywords.TABLE.get(name);
        if (keyword == null) {
            words.refuse(
                    "unknown word "
                            + Report.quote(name)
                            + " in a bind line"
                            + Nearest.hint(name, BindKeywords.TABLE.names(Section.BIND)));
            return;
        }
        switch (keyword.support()) {
            case SUPPORTED -> {
                if (name.equals("maxconn")) {
                    Integer most = words.integer(name, 0, Integer.MAX_VALUE);
                    draft.bindMaxConnections = most == null ? 0 : most;
                    draft.bindMaxConnectionsLine = words.line();
                    return;
                }
                if (name.equals("accept-proxy")) {
                    draft.binds.replaceAll(
                            bind -> bind.line() == words.line() ? bind.acceptingProxy() : bind);
                }
                ListenSettings sockets =
                        draft.listens.computeIfAbsent(words.line(), line -> new ListenSettings());
                if (sockets.read(words, name) || tls.read(words, name)) {
                    return;
                }
            }
            case IGNORED -> words.warn("'" + name + "' has no effect: " + keyword.note());
            case REFUSED -> words.refuse("'" + name + "' is not supported: " + keyword.note());
        }
        if (!BindKeywords.WITHOUT_ARGUMENT.contains(name)) {
            words.argument(name, "an argument");
        }
    }
}

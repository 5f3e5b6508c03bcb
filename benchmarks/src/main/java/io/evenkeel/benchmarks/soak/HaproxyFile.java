package io.evenkeel.benchmarks.soak;

import java.util.Locale;
import java.util.Map;

/** A layout as a configuration file. */
final class HaproxyFile {
    private final Layout layout;
    private final Place place;
    private final StringBuilder file = new StringBuilder();

    private HaproxyFile(Layout layout, Place place) {
        this.layout = layout;
        this.place = place;
    }

    /** The configuration, with that line put in where an error may be wanted. */
    static String of(Layout layout, Place place, String errorLine) {
        return new HaproxyFile(layout, place).write(errorLine);
    }

    private String write(String errorLine) {
        head();
        if (layout.extra()) {
            frontend(Door.EXTRA, "    default_backend app\n");
        }
        file.append(errorLine);
        layout.backends()
                .forEach(
                        (name, members) -> {
                            if (name.equals("datagrams")) {
                                datagrams(name, members);
                            } else {
                                backend(name, members);
                            }
                        });
        return file.toString();
    }

    private void head() {
        file.append(
                """
                global
                    nbthread 2
                    maxconn 2000
                defaults
                    mode tcp
                    timeout connect 3s
                    timeout client 6s
                    timeout server 6s
                    timeout queue 3s
                    timeout check 2s
                    retries 3
                    option redispatch
                """);
        frontend(Door.PLAIN, "    default_backend app\n");
        frontend(
                Door.TLS,
                """
                    tcp-request inspect-delay 1s
                    tcp-request content reject if { req.ssl_sni forbidden.example }
                    use_backend checked if { req.ssl_sni -m end .a.example }
                    default_backend app
                """);
        frontend(
                Door.STICKY,
                """
                    tcp-request connection track-sc0 src table sources
                    tcp-request connection reject if { sc0_conn_cur gt 500 }
                    default_backend sticky
                """);
        frontend(Door.PROXIED, "    default_backend proxied\n");
        frontend(Door.QUEUED, "    maxconn 100\n    default_backend queued\n");
        frontend(
                Door.SECURED,
                "    use_backend %s if { ssl_fc_sni %s }\n    default_backend app\n"
                        .formatted(Layout.SECURED, Certificates.ENCRYPTED));
        frontend(Door.NAMED, "    default_backend named\n");
        file.append(
                """
                backend sources
                    stick-table type ip size 1k expire 10s store conn_cur,conn_rate(3s)
                resolvers own
                    nameserver own %s:%d
                    hold valid 1s
                """
                        .formatted(
                                place.nameServer().getHostString(), place.nameServer().getPort()));
    }

    private void frontend(Door door, String lines) {
        String words =
                switch (door) {
                    case PROXIED -> " accept-proxy";
                    case SECURED -> " ssl crt " + place.certificate();
                    default -> "";
                };
        file.append(
                "frontend %s\n    bind %s:%d%s\n%s"
                        .formatted(
                                door.frontend(), place.frontendHost(), door.port(), words, lines));
    }

    /** Servers whose checks are those of the connections at the same address, and so are out of use at times though they answer. */
    private void datagrams(String name, Layout.Members members) {
        file.append(
                "udp-lb %s\n    dgram-bind %s:%d\n    timeout client 8s\n    timeout check 2s\n    balance %s\n"
                        .formatted(
                                name,
                                place.frontendHost(),
                                Door.DATAGRAMS.port(),
                                members.balance()));
        String words = "check port %d inter 700ms fall 2 rise 1".formatted(place.serverPort());
        servers(members, place.datagramPort(), words);
    }

    private void backend(String name, Layout.Members members) {
        file.append("backend ").append(name).append('\n');
        file.append("    balance ").append(members.balance()).append('\n');
        file.append(
                switch (name) {
                    case "checked" ->
                            """
                                option tcp-check
                                tcp-check send CHECK\\r\\n
                                tcp-check expect string CHECK
                            """;
                    case "sticky" ->
                            """
                                stick-table type ip size 1k expire 10s
                                stick on src
                            """;
                    default -> "";
                });
        switch (name) {
            case "app" -> servers(members, "check inter 500ms fall 2 rise 1 slowstart 2s");
            case "proxied" ->
                    servers(members, "check inter 1s fall 2 rise 1 send-proxy-v2 check-send-proxy");
            case "queued" ->
                    servers(members, "check inter 500ms fall 2 rise 1 maxconn 3 maxqueue 30");
            case Layout.SECURED ->
                    servers(
                            members,
                            "check inter 1s fall 2 rise 1 ssl verify required ca-file %s verifyhost %s"
                                    .formatted(place.authority(), Certificates.SERVERS));
            case "named" ->
                    file.append(
                            "    server-template %s %d %s:%d resolvers own resolve-prefer ipv4 check inter 500ms fall 2 rise 1\n"
                                    .formatted(
                                            Layout.NAMED_SERVER,
                                            NameServer.MOST,
                                            NameServer.NAME,
                                            place.serverPort()));
            default -> servers(members, "check inter 700ms fall 2 rise 1");
        }
    }

    private void servers(Layout.Members members, String words) {
        servers(members, place.serverPort(), words);
    }

    private void servers(Layout.Members members, int port, String words) {
        for (Map.Entry<Integer, Integer> member : members.weights().entrySet()) {
            file.append(
                    String.format(
                            Locale.ROOT,
                            "    server s%d %s:%d weight %d %s%n",
                            member.getKey(),
                            place.server(member.getKey()),
                            port,
                            member.getValue(),
                            words));
        }
    }
}

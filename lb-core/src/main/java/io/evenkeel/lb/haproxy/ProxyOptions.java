package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.ignored;
import static io.evenkeel.lb.haproxy.KeywordTable.refused;
import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;

/** The options of proxies, as of HAProxy 2.6. */
final class ProxyOptions {
    /** Those that HAProxy lets {@code no} and {@code default} stand before and that do something here. */
    static final String REDISPATCH = "option redispatch";

    static final String ALL_BACKUPS = "option allbackups";

    private ProxyOptions() {}

    static List<Keyword> all() {
        return List.of(
                supported(
                        REDISPATCH,
                        "DLB",
                        "with or without an interval of retries; no option redispatch turns it"
                                + " off"),
                supported(ALL_BACKUPS, "DLB", "no option allbackups turns it off"),
                supported(
                        "option httpchk",
                        "DLB",
                        "[method] uri [version]; OPTIONS / HTTP/1.0; it, and any http-check rule,"
                                + " replaces the request and the rules of the defaults"),
                supported(
                        "option tcp-check",
                        "DLB",
                        "a connect, or the steps of tcp-check; those of the defaults only where these"
                                + " have the option too"),
                supported("option redis-check", "DLB", "PING must be answered by +PONG"),
                supported(
                        "option smtpchk",
                        "DLB",
                        "[HELO|EHLO domain]; greeting, hello and QUIT must be answered by 2xx"),
                supported(
                        "option pgsql-check",
                        "DLB",
                        "user NAME; the server must ask for authentication or need none"),
                supported(
                        "option mysql-check",
                        "DLB",
                        "[user NAME [post-41|pre-41]]; the server must greet, and take the login"),
                supported("option ldap-check", "DLB", "an anonymous bind must succeed"),
                supported(
                        "option ssl-hello-chk",
                        "DLB",
                        "the hello is TLS 1.2's and not SSLv3's; a hello or an alert must answer"),
                ignored(
                        "option tcplog, option httplog, option httpslog, option dontlognull,"
                                + " option dontlog-normal, option log-health-checks,"
                                + " option log-separate-errors, option logasap, option contstats,"
                                + " option socket-stats",
                        "DFLB",
                        "what is logged and counted is the program's choice"),
                supported(
                        "option tcpka",
                        "DFLB",
                        "of clients and servers; no option tcpka turns it off"),
                supported("option clitcpka", "DFL", "no option clitcpka turns it off"),
                supported("option srvtcpka", "DLB", "no option srvtcpka turns it off"),
                ignored(
                        "option tcp-smart-accept, option tcp-smart-connect, option nolinger,"
                                + " option splice-auto, option splice-request,"
                                + " option splice-response, option abortonclose",
                        "DFLB",
                        "how the relay uses its sockets is not set here"),
                ignored(
                        "option persist",
                        "DLB",
                        "a server that is down gets no connection, also not of a client that"
                                + " sticks to it"),
                ignored(
                        "option accept-invalid-http-request, option accept-invalid-http-response,"
                                + " option disable-h2-upgrade,"
                                + " option h1-case-adjust-bogus-client,"
                                + " option h1-case-adjust-bogus-server, option http-buffer-request,"
                                + " option http-ignore-probes, option http-keep-alive,"
                                + " option http-no-delay, option http-pretend-keepalive,"
                                + " option http-server-close,"
                                + " option http-use-proxy-header, option httpclose,"
                                + " option idle-close-on-response,"
                                + " option prefer-last-server",
                        "DFLB",
                        ProxyKeywords.HTTP),
                ignored(
                        "option forwardfor, option originalto",
                        "DFLB",
                        "no header is added, so that servers see the balancer's address, and one"
                                + " that a client sends reaches them; HAProxy too ignores it in"
                                + " mode tcp"),
                ignored(
                        "option checkcache, option http-restrict-req-hdr-names",
                        "DFLB",
                        ProxyKeywords.HTTP_RULE),
                refused(
                        "option transparent",
                        "DLB",
                        "connections go to the servers of a backend only; write a server line"),
                refused(
                        "option independent-streams",
                        "DFLB",
                        "timeouts are not kept apart by direction; remove it"),
                refused(
                        "option spop-check, option external-check",
                        "DLB",
                        "checks start no program and speak no SPOP; write option tcp-check or"
                                + " option httpchk"));
    }
}

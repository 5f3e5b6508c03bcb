package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.ignored;
import static io.evenkeel.lb.haproxy.KeywordTable.refused;
import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;
import java.util.Set;

/** The words that may follow the address of a bind line, as of HAProxy 2.6. */
final class BindKeywords {
    /** Why words have no effect. */
    static final String PROVIDERS =
            "the provider of TLS, OpenSSL or the JDK, does what it takes to be good";

    static final KeywordTable TABLE =
            new KeywordTable(
                    List.of(
                            supported("name", "b", "text for people"),
                            supported(
                                    "transparent",
                                    "b",
                                    "connections to foreign addresses are taken that the host's"
                                            + " rules bring here; needs CAP_NET_ADMIN or CAP_NET_RAW, and epoll or io_uring. An"
                                            + " address that the host does not have yet may be"
                                            + " bound without it"),
                            supported(
                                    "v6only",
                                    "b",
                                    "needs epoll or io_uring on ::, elsewhere it is so anyway"),
                            supported(
                                    "backlog",
                                    "b",
                                    "4096 when neither the line nor the section says one"),
                            supported(
                                    "defer-accept",
                                    "b",
                                    "for about a second; with the JDK's selectors it has no effect"),
                            supported(
                                    "interface",
                                    "b",
                                    "needs epoll or io_uring; one address cannot be bound for each of several"
                                            + " interfaces"),
                            supported(
                                    "mss",
                                    "b",
                                    "with the JDK's selectors it has no effect; no difference such as -40"),
                            supported("tcp-ut", "b", "needs epoll or io_uring"),
                            supported(
                                    "tfo",
                                    "b",
                                    "as far as net.ipv4.tcp_fastopen lets it; with the JDK's selectors it has"
                                            + " no effect"),
                            supported(
                                    "maxconn",
                                    "b",
                                    "where the section has one address; refused where it has more"),
                            supported("v4v6", "b", "of ::, where it is so anyway"),
                            ignored(
                                    "nice, process, thread, shards",
                                    "b",
                                    "every event loop has a share of every listener"),
                            ignored("id", "b", "nothing here reads it"),
                            ignored(
                                    "expose-fd, gid, group, uid, user, level, mode,"
                                            + " severity-output",
                                    "b",
                                    "it concerns UNIX sockets, and HAProxy too ignores it on TCP"),
                            supported("ssl", "b", "TLS is taken off; versions 1.2 and 1.3"),
                            supported(
                                    "crt",
                                    "b",
                                    "PEM files with the key in them or in FILE.key, and directories"
                                            + " of them; of two certificates of the same name the"
                                            + " first is taken, whatever the kinds of their keys"),
                            supported("ca-file, verify", "b", "certificates of clients"),
                            supported("strict-sni", "b", "names without a certificate are refused"),
                            supported("alpn", "b", "protocols with commas between them"),
                            supported(
                                    "ssl-min-ver, ssl-max-ver, no-sslv3, no-tlsv10, no-tlsv11,"
                                            + " no-tlsv12, no-tlsv13, force-tlsv12, force-tlsv13",
                                    "b",
                                    "TLSv1.2 is the oldest version that is spoken"),
                            supported(
                                    "ciphers, ciphersuites",
                                    "b",
                                    "lists of names of cipher suites; other expressions of OpenSSL"
                                            + " have no effect, and BoringSSL offers all suites of"
                                            + " TLS 1.3 always"),
                            ignored(
                                    "curves, ecdhe, npn, allow-0rtt, tls-ticket-keys,"
                                            + " prefer-client-ciphers, no-ca-names, no-tls-tickets",
                                    "b",
                                    PROVIDERS),
                            refused(
                                    "force-sslv3, force-tlsv10, force-tlsv11",
                                    "b",
                                    "TLSv1.2 is the oldest version that is spoken"),
                            refused(
                                    "crt-list, crt-ignore-err, ca-ignore-err, ca-sign-file,"
                                            + " ca-sign-pass, ca-verify-file, crl-file,"
                                            + " generate-certificates",
                                    "b",
                                    "of certificates only crt, ca-file and verify are carried out;"
                                            + " name each file by crt"),
                            supported(
                                    "accept-proxy",
                                    "b",
                                    "versions 1 and 2, read strictly; from anybody, and within 3 s"
                                            + " in place of timeout client"),
                            refused(
                                    "accept-netscaler-cip",
                                    "b",
                                    "that header is not read; have the sender write PROXY headers,"
                                            + " and write accept-proxy"),
                            refused(
                                    "namespace",
                                    "b",
                                    "every socket is in the network namespace of the process; start"
                                            + " that in it with 'ip netns exec'"),
                            refused(
                                    "proto, quic-cc-algo, quic-force-retry",
                                    "b",
                                    "only TCP is listened to; remove it")));

    /** Words that nothing follows; the others have one argument. */
    static final Set<String> WITHOUT_ARGUMENT =
            Set.of(
                    "transparent",
                    "quic-force-retry",
                    "defer-accept",
                    "tfo",
                    "v4v6",
                    "v6only",
                    "ssl",
                    "allow-0rtt",
                    "generate-certificates",
                    "strict-sni",
                    "prefer-client-ciphers",
                    "no-ca-names",
                    "no-sslv3",
                    "no-tls-tickets",
                    "no-tlsv10",
                    "no-tlsv11",
                    "no-tlsv12",
                    "no-tlsv13",
                    "force-sslv3",
                    "force-tlsv10",
                    "force-tlsv11",
                    "force-tlsv12",
                    "force-tlsv13",
                    "accept-proxy");

    private BindKeywords() {}
}

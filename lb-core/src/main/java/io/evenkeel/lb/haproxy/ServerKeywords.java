package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.ignored;
import static io.evenkeel.lb.haproxy.KeywordTable.refused;
import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;
import java.util.Set;

/** The words of server and default-server lines, as of HAProxy 2.6. */
final class ServerKeywords {
    static final KeywordTable TABLE =
            new KeywordTable(
                    List.of(
                            supported("check, no-check", "S", "checks the server"),
                            supported("inter", "S", "between checks; 2s"),
                            supported("fastinter, downinter", "S", "as inter when not given"),
                            supported("rise, fall", "S", "2 and 3 when not given"),
                            supported("weight", "S", "0 to 256; 1 when not given"),
                            supported("maxconn", "S", "connections at a time; 0 is no limit"),
                            supported(
                                    "minconn",
                                    "S",
                                    "maxconn while the backend has few connections; see fullconn"),
                            supported(
                                    "maxqueue",
                                    "S",
                                    "connections that wait for this server and no other, which are"
                                            + " those of a hash or a sticky entry"),
                            supported(
                                    "slowstart",
                                    "S",
                                    "to the millisecond; the limit grows with the weight, and with"
                                            + " a hash only the limit"),
                            supported("backup, no-backup", "S", "used when no other is usable"),
                            supported("disabled, enabled", "S", "whether it starts in use"),
                            supported(
                                    "stick, non-stick",
                                    "S",
                                    "whether stick tables hold the server"),
                            supported("addr, port", "S", "where the check goes instead"),
                            supported("check-ssl, no-check-ssl", "S", "the check speaks TLS"),
                            supported("check-sni", "S", "the name that a TLS check sends"),
                            supported(
                                    "verify",
                                    "S",
                                    "none or required, of the certificate of a server"),
                            supported(
                                    "observe",
                                    "S",
                                    "layer4, failed connects of a server that is checked, or none;"
                                            + " layer7 is refused, as by HAProxy in mode tcp"),
                            supported(
                                    "error-limit, on-error",
                                    "S",
                                    "with observe; 10 and fail-check when not given"),
                            supported(
                                    "agent-check, no-agent-check, agent-addr, agent-port, agent-inter, agent-send",
                                    "S",
                                    "a part of the weight is rounded down, but above 0% it is never"
                                            + " 0; words of the agent hold until it says others"),
                            supported(
                                    "track",
                                    "S",
                                    "[BACKEND/]SERVER, whose checks, agent and maintenance count"
                                            + " for this one"),
                            supported("on-marked-down", "S", "shutdown-sessions"),
                            supported("on-marked-up", "S", "shutdown-backup-sessions"),
                            supported(
                                    "init-state",
                                    "S",
                                    "as newer versions of HAProxy have it: up, down, fully-up,"
                                            + " fully-down, none; none when not given, which is that"
                                            + " a server is not used before its first check"),
                            supported(
                                    "ca-file",
                                    "S",
                                    "a PEM file, or @system-ca, the certificates that the JVM"
                                            + " trusts, which are the only ones for a TLS check"
                                            + " without ssl"),
                            supported(
                                    "ssl, no-ssl",
                                    "S",
                                    "connections are made with TLS 1.2 or 1.3, and checks too where"
                                            + " neither addr nor port is set"),
                            supported(
                                    "sni",
                                    "S",
                                    "str(NAME) or ssl_fc_sni; the certificate has to be of that"
                                            + " name"),
                            supported(
                                    "verifyhost, no-verifyhost",
                                    "S",
                                    "the name that the certificate has to be of where no name is"
                                            + " asked for"),
                            supported("crt", "S", "a PEM file with its key; shown to the server"),
                            supported(
                                    "alpn", "S", "what is offered, whatever the client has chosen"),
                            supported(
                                    "ssl-min-ver, ssl-max-ver, no-sslv3, no-tlsv10, no-tlsv11,"
                                            + " no-tlsv12, no-tlsv13, force-tlsv12, force-tlsv13",
                                    "S",
                                    "of connections with ssl; TLSv1.2 is the oldest version that is"
                                            + " spoken"),
                            supported(
                                    "ciphers, ciphersuites",
                                    "S",
                                    "of connections with ssl; lists of names of cipher suites;"
                                            + " other expressions of OpenSSL have no effect"),
                            supported(
                                    "send-proxy, no-send-proxy",
                                    "S",
                                    "a header of version 1, with the addresses that a PROXY header"
                                            + " of the client has said, if any"),
                            supported(
                                    "send-proxy-v2, send-proxy-v2-ssl, send-proxy-v2-ssl-cn,"
                                            + " no-send-proxy-v2, no-send-proxy-v2-ssl,"
                                            + " no-send-proxy-v2-ssl-cn",
                                    "S",
                                    "of version 2; -ssl tells the version of TLS and the common name"
                                            + " of the client's certificate where TLS is taken off,"
                                            + " else that there was none, and so does -ssl-cn"),
                            supported(
                                    "proxy-v2-options",
                                    "S",
                                    "crc32c; authority, the name that came with the client's own"
                                            + " header, else that of its TLS ClientHello as far as"
                                            + " it has arrived; ssl, cert-cn, ssl-cipher, cert-sig,"
                                            + " cert-key as on a bind line without ssl; unique-id is"
                                            + " refused"),
                            supported(
                                    "check-send-proxy, no-check-send-proxy",
                                    "S",
                                    "checks have the header of the connections anyway where neither"
                                            + " addr nor port is set"),
                            supported("no-tfo, no-ssl-reuse", "S", "it is so anyway"),
                            ignored(
                                    "cookie, max-reuse, pool-low-conn, pool-max-conn,"
                                            + " pool-purge-delay, redir, ws, proto, log-proto",
                                    "S",
                                    ProxyKeywords.HTTP),
                            supported(
                                    "id",
                                    "S",
                                    "by this number stick tables of HAProxy that say no name know"
                                            + " the server; the order of balance first"),
                            supported("tcp-ut", "S", "needs epoll or io_uring"),
                            supported(
                                    "source",
                                    "S",
                                    "ADDR[:PORT[-PORT]], and usesrc client, clientip or an address,"
                                            + " which needs CAP_NET_ADMIN or CAP_NET_RAW, and epoll or io_uring, and interface,"
                                            + " which needs epoll or io_uring; checks come from there too, from"
                                            + " any port; no names, and usesrc hdr_ip has no"
                                            + " effect"),
                            ignored("tfo", "S", "a connection is made before bytes are sent to it"),
                            supported(
                                    "resolvers",
                                    "S",
                                    "keeps the name resolved; without it the JVM asks the name servers"
                                            + " of the system, again every 10 s"),
                            supported(
                                    "init-addr",
                                    "S",
                                    "with resolvers, and last,libc,none when not given: libc asks"
                                            + " the resolvers too; last is the address that a running"
                                            + " proxy has, and no file"),
                            supported(
                                    "resolve-prefer",
                                    "S",
                                    "with resolvers: ipv6 when not given, and the other family is"
                                            + " used when there is none of it"),
                            supported(
                                    "resolve-opts",
                                    "S",
                                    "with resolvers: allow-dup-ip, prevent-dup-ip, ignore-weight"),
                            ignored(
                                    "resolve-net",
                                    "S",
                                    "no network is preferred; the lowest addresses are taken"
                                            + " first"),
                            ignored(
                                    "ssl-reuse, tls-tickets, no-tls-tickets, allow-0rtt, npn,"
                                            + " check-alpn, check-proto",
                                    "S",
                                    BindKeywords.PROVIDERS),
                            refused(
                                    "force-sslv3, force-tlsv10, force-tlsv11",
                                    "S",
                                    "TLSv1.2 is the oldest version that is spoken"),
                            refused(
                                    "crl-file",
                                    "S",
                                    "lists of revoked certificates are not read; remove it"),
                            refused(
                                    "socks4, check-via-socks4",
                                    "S",
                                    "no SOCKS request is sent; connect to the server itself"),
                            refused(
                                    "namespace",
                                    "S",
                                    "every socket is in the network namespace of the process; start"
                                            + " that in it with 'ip netns exec'"),
                            refused("usesrc", "S", "it belongs behind 'source' and its address")));

    /** Words that another word follows; to skip it after a warning or a refusal. */
    static final Set<String> WITH_ARGUMENT =
            Set.of(
                    "cookie",
                    "max-reuse",
                    "pool-low-conn",
                    "pool-max-conn",
                    "pool-purge-delay",
                    "redir",
                    "ws",
                    "proto",
                    "log-proto",
                    "namespace",
                    "check-alpn",
                    "check-proto",
                    "npn",
                    "crl-file",
                    "socks4",
                    "usesrc");

    private ServerKeywords() {}
}

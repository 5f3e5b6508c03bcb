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
                                    "none or required, of the certificate that a TLS check gets"),
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
                                    "only @system-ca, the certificates that the JVM trusts"),
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
                                    "of version 2; about TLS it says, as HAProxy's on a bind line"
                                            + " without ssl, that there was none to take off"),
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
                            supported(
                                    "no-ssl, no-tfo, no-verifyhost, no-ssl-reuse",
                                    "S",
                                    "it is so anyway"),
                            ignored(
                                    "cookie, max-reuse, pool-low-conn, pool-max-conn,"
                                            + " pool-purge-delay, redir, ws, proto, log-proto",
                                    "S",
                                    ProxyKeywords.HTTP),
                            ignored("id", "S", "nothing here reads it"),
                            supported("tcp-ut", "S", "needs epoll"),
                            supported(
                                    "source",
                                    "S",
                                    "ADDR[:PORT[-PORT]], and usesrc client, clientip or an address,"
                                            + " which needs CAP_NET_ADMIN and epoll, and interface,"
                                            + " which needs epoll; checks come from there too, from"
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
                                    "ssl-reuse, tls-tickets, no-tls-tickets, no-sslv3, no-tlsv10,"
                                            + " no-tlsv11, no-tlsv12, no-tlsv13, allow-0rtt, ciphers,"
                                            + " ciphersuites, check-alpn, check-proto",
                                    "S",
                                    "TLS checks use the JVM's protocols and ciphers"),
                            refused(
                                    "ssl, sni, alpn, npn, crt, crl-file, verifyhost, force-sslv3,"
                                            + " force-tlsv10, force-tlsv11, force-tlsv12,"
                                            + " force-tlsv13, ssl-max-ver, ssl-min-ver",
                                    "S",
                                    "connections are relayed as they are, without TLS of their"
                                            + " own; write check-ssl for a check over TLS"),
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
                    "id",
                    "namespace",
                    "ciphers",
                    "ciphersuites",
                    "check-alpn",
                    "check-proto",
                    "sni",
                    "alpn",
                    "npn",
                    "crt",
                    "crl-file",
                    "verifyhost",
                    "ssl-max-ver",
                    "ssl-min-ver",
                    "socks4",
                    "usesrc");

    private ServerKeywords() {}
}

package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.ignored;
import static io.evenkeel.lb.haproxy.KeywordTable.refused;
import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;

/** The keywords of udp-lb sections, which HAProxy Enterprise has. */
final class UdpKeywords {
    static final KeywordTable TABLE =
            new KeywordTable(
                    List.of(
                            supported(
                                    "dgram-bind",
                                    "U",
                                    "address:port[-port], several with commas; maxconn and"
                                            + " transparent behind it, without effect nice, shards"
                                            + " and thread; namespace is refused"),
                            supported("server", "U", "see the words of a server line"),
                            supported("server-template", "U", "as in a backend"),
                            supported(
                                    "default-server",
                                    "U",
                                    "settings of the server lines that follow it"),
                            supported(
                                    "balance", "U", "as in a backend, but for what goes by names"),
                            supported("hash-type, hash-balance-factor", "U", "as in a backend"),
                            supported(
                                    "proxy-requests",
                                    "U",
                                    "after so many datagrams of a client the next begins another"
                                            + " session; 0, or not given: never"),
                            supported(
                                    "proxy-responses",
                                    "U",
                                    "a session ends when so many answers to each datagram have"
                                            + " come, with proxy-requests after as many datagrams;"
                                            + " not given: when it is idle"),
                            supported(
                                    "timeout client, timeout server",
                                    "U",
                                    "a session is idle when for the shorter of the two no datagram"
                                            + " went either way; 30s when neither is given"),
                            supported(
                                    "maxconn",
                                    "U",
                                    "sessions at a time on each address; one more ends the one that"
                                            + " was idle for the longest time; 10000 when not"
                                            + " given"),
                            supported(
                                    "accepted-payload-size",
                                    "U",
                                    "longer datagrams of clients are dropped; 65507 when not given,"
                                            + " which HAProxy has as 1472"),
                            supported(
                                    "option tcp-check, tcp-check connect, tcp-check send,"
                                            + " tcp-check send-binary, tcp-check expect,"
                                            + " tcp-check comment, timeout check, timeout connect",
                                    "U",
                                    "as in a backend: servers are checked over TCP"),
                            supported("disabled, enabled", "U", "the whole section"),
                            supported("description", "U", "text for people"),
                            ignored("log, log-tag", "U", "datagrams are not logged, but counted"),
                            refused(
                                    "option udp-check",
                                    "U",
                                    "servers are checked over TCP only; write 'option tcp-check', or"
                                            + " 'port' or 'track' on the server lines, and 'observe"
                                            + " layer4' to count unreachable ports"),
                            refused(
                                    "acl, use-server",
                                    "U",
                                    "datagrams go to servers by balance alone; write a section for"
                                            + " each address"),
                            refused(
                                    "option persist",
                                    "U",
                                    "a client whose server is down gets another; remove it"),
                            refused(
                                    "source",
                                    "U",
                                    "the system chooses the address that servers see; remove it")));

    private UdpKeywords() {}
}

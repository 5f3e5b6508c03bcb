package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;

/** The keywords of a resolvers section, as of HAProxy 2.6. */
final class ResolversKeywords {
    static final KeywordTable TABLE =
            new KeywordTable(
                    List.of(
                            supported(
                                    "nameserver",
                                    "R",
                                    "name address:port, udp@ or tcp@ in front; an answer by UDP that"
                                            + " was cut short is asked for again by TCP; a name is"
                                            + " refused as an address"),
                            supported(
                                    "parse-resolv-conf",
                                    "R",
                                    "read when the proxy starts and when it takes another"
                                            + " configuration of the section"),
                            supported(
                                    "hold",
                                    "R",
                                    "valid: a name is asked about again after so long at the latest;"
                                            + " obsolete; nx, 30s when not given; timeout, refused"
                                            + " and other, which have a warning: when not given, an"
                                            + " address stays for as long as name servers fail"),
                            supported(
                                    "timeout",
                                    "R",
                                    "resolve: a name is asked about again after so long at the"
                                            + " soonest, when its TTL is over; retry"),
                            supported("resolve_retries", "R", "3 when not given"),
                            supported("accepted_payload_size", "R", "512 when not given")));

    private ResolversKeywords() {}
}

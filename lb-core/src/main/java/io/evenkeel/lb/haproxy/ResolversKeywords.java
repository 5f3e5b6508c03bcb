package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.ignored;

import java.util.List;

/** The keywords of a resolvers section, as of HAProxy 2.6. */
final class ResolversKeywords {
    private static final String CHECKED = "read and checked; the section has one warning";

    static final KeywordTable TABLE =
            new KeywordTable(
                    List.of(
                            ignored("nameserver", "R", "name address:port; " + CHECKED),
                            ignored("parse-resolv-conf", "R", CHECKED),
                            ignored(
                                    "hold",
                                    "R",
                                    "nx, other, refused, timeout, valid or obsolete, and a time; "
                                            + CHECKED),
                            ignored("timeout", "R", "resolve or retry, and a time; " + CHECKED),
                            ignored("resolve_retries", "R", CHECKED),
                            ignored("accepted_payload_size", "R", CHECKED)));

    private ResolversKeywords() {}
}

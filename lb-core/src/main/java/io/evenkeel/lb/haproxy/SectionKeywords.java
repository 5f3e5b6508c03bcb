package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.ignored;
import static io.evenkeel.lb.haproxy.KeywordTable.refused;
import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;

/** The words that open a section, as of HAProxy 2.6. */
final class SectionKeywords {
    static final KeywordTable TABLE =
            new KeywordTable(
                    List.of(
                            supported("global", "", "any number of times"),
                            supported(
                                    "defaults",
                                    "",
                                    "[name] [from name]; holds for the sections up to the next"
                                            + " defaults; a name given twice is refused"),
                            supported("frontend, backend", "", "name [from name]"),
                            supported(
                                    "listen",
                                    "",
                                    "name [from name]; a frontend and a backend of one name"),
                            ignored(
                                    "userlist, cache, http-errors, fcgi-app, mailers, ring, peers",
                                    "",
                                    "nothing that mode tcp relays needs it here"),
                            refused(
                                    "resolvers",
                                    "",
                                    "the system resolves names; remove the section"),
                            refused(
                                    "program, log-forward",
                                    "",
                                    "no programs are started and no logs are received; remove the"
                                            + " section")));

    private SectionKeywords() {}
}

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
                            supported(
                                    "resolvers",
                                    "",
                                    "name; who is asked about the names of servers; default is made of"
                                            + " /etc/resolv.conf"),
                            supported(
                                    "peers",
                                    "",
                                    "name; stick tables that name it are exchanged with the other"
                                            + " nodes, HAProxy or not"),
                            supported(
                                    "udp-lb",
                                    "",
                                    "name; of HAProxy Enterprise, which the community's HAProxy"
                                            + " refuses: datagrams relayed to servers; see udp.md"),
                            ignored(
                                    "userlist, cache, http-errors, fcgi-app",
                                    "",
                                    "it serves HTTP, of which nothing is read here; its lines are"
                                            + " not read"),
                            ignored(
                                    "mailers",
                                    "",
                                    "no mail is sent; the log of the program has every change of a"
                                            + " server's state"),
                            ignored(
                                    "ring",
                                    "",
                                    "events go to the log of the program that embeds the"
                                            + " balancer"),
                            ignored(
                                    "program",
                                    "",
                                    "no programs are started; start it beside this one"),
                            refused("log-forward", "", "no logs are received; remove the section"),
                            refused(
                                    "crt-store, traces, log-profile",
                                    "",
                                    "HAProxy 2.6 does not have it; remove the section")));

    private SectionKeywords() {}
}

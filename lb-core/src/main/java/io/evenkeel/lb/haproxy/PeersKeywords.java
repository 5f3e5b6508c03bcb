package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.ignored;
import static io.evenkeel.lb.haproxy.KeywordTable.refused;
import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;

/** The keywords of a peers section, as of HAProxy 2.6. */
final class PeersKeywords {
    static final KeywordTable TABLE =
            new KeywordTable(
                    List.of(
                            supported(
                                    "peer",
                                    "P",
                                    "name address:port; the one that localpeer names is this node,"
                                            + " which listens there; of the other words those"
                                            + " about TLS count"),
                            supported(
                                    "server",
                                    "P",
                                    "the same; this node's has no address where there is a bind"
                                            + " line"),
                            supported(
                                    "bind",
                                    "P",
                                    "address:port, where this node listens; not together with peer,"
                                            + " as in HAProxy; of the other words those about TLS"
                                            + " count"),
                            supported("disabled, enabled", "P", "the whole section"),
                            supported(
                                    "default-bind",
                                    "P",
                                    "of its words those about TLS count, with those of the bind"
                                            + " lines"),
                            supported(
                                    "default-server",
                                    "P",
                                    "of its words those about TLS count, for the peers of the lines"
                                            + " below it; nobody is checked"),
                            ignored(
                                    "log",
                                    "P",
                                    "events go to the log of the program that embeds the balancer"),
                            refused(
                                    "table",
                                    "P",
                                    "a table stands in a backend; move it into one of its own,"
                                            + " which needs no server")));

    private PeersKeywords() {}
}

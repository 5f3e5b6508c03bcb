package io.evenkeel.benchmarks.render;

import io.evenkeel.benchmarks.render.JmhTable.Axis;
import java.util.List;

/** How the results of each benchmark class are shown. */
final class JmhTables {
    private static final Axis PIECES =
            Axis.methods("whole", "at once", "inPieces", "in pieces of 64 bytes");

    private static final Axis BUILT = Axis.of("way");

    private static final Axis SERVERS =
            Axis.of("servers", "10", "10 servers", "100", "100 servers", "1000", "1000 servers");

    private static final JmhTable PICK =
            new JmhTable(
                    "PickBenchmark",
                    "Choosing a server",
                    "Of 100 servers with weights 1 to 3, one is chosen for a connection and given back.\n"
                            + "What each does: [algorithms.md](algorithms.md).",
                    Axis.of("way"),
                    Axis.methods("pickAndClose", "one thread", "pickAndCloseByTwo", "two threads"),
                    "choosing.svg");

    private static final JmhTable RELAY =
            new JmhTable(
                    "RelayBenchmark",
                    "The relay over loopback",
                    "A client, the proxy with one event loop and a server that sends back what it gets, all in one JVM.\n"
                            + "The first line has no proxy: it is what the client, the server and the kernel take. What all threads allocate"
                            + " counts.\n"
                            + "With io_uring, Netty's loop makes an object of what the kernel reports, which the compiler does not always avoid.",
                    Axis.of(
                            "way",
                            "DIRECT",
                            "no proxy",
                            "EPOLL",
                            "epoll",
                            "IO_URING",
                            "io_uring",
                            "NIO",
                            "NIO"),
                    Axis.methods(
                            "roundTrip",
                            "64 bytes there and back",
                            "newConnection",
                            "a new connection for it"),
                    "relay.svg");

    /** In the order of the document. */
    static final List<JmhTable> ALL =
            List.of(
                    RELAY,
                    PICK,
                    new JmhTable(
                            "RivalsBenchmark",
                            "Choosing a server, beside other libraries",
                            "What compares with the others is `selection`, since they count no connection.\n"
                                    + "What each does: [algorithms.md](algorithms.md).",
                            Axis.of("contestant"),
                            Axis.methods("choose", "one thread", "chooseByTwo", "two threads")),
                    new JmhTable(
                            "PoolBuildBenchmark.change",
                            "A server comes or goes",
                            "All that happens until the next choice sees it: the pool is made anew.",
                            BUILT,
                            SERVERS),
                    new JmhTable(
                            "PoolBuildBenchmark.table",
                            "A table of servers is made",
                            "The balance's part of the above, by itself.",
                            BUILT,
                            SERVERS),
                    new JmhTable(
                            "RoutingBenchmark",
                            "Routing",
                            "Which of 10,000 rules holds first for a connection.",
                            Axis.of(
                                    "kind",
                                    "SOURCE",
                                    "the client's network",
                                    "SNI",
                                    "the name in the ClientHello",
                                    "MIXED",
                                    "both"),
                            Axis.methods("decide", "a decision")),
                    new JmhTable(
                            "StickTableBenchmark",
                            "Stick table",
                            "Of 100,000 clients by IPv4 address, in an order that no cache likes. A table that is full uses its entries again; one that is"
                                    + " not makes one for a new client.",
                            Axis.methods(
                                    "hit",
                                    "a client is known",
                                    "hitByTwo",
                                    "the same from two threads",
                                    "missAndInsert",
                                    "a new client takes the oldest one's place",
                                    "insertAndExpire",
                                    "a new client comes and another one expires"),
                            Axis.of("entries", "100000", "time")),
                    new JmhTable(
                            "ClientHelloBenchmark",
                            "First bytes: TLS ClientHello",
                            "The name and the protocols are found, once for each connection that is routed by them; what is allocated is mostly their text.",
                            Axis.of(
                                    "kind",
                                    "X25519",
                                    "with a key of 32 bytes",
                                    "X25519_ML_KEM",
                                    "with a key of 1216 bytes (ML-KEM)"),
                            PIECES),
                    new JmhTable(
                            "HttpRequestHeadBenchmark",
                            "First bytes: HTTP request head",
                            "All fields are read, once for each connection that is routed by them; what is allocated is mostly their text.",
                            Axis.of(
                                    "kind",
                                    "CURL",
                                    "of curl, 3 fields",
                                    "BROWSER",
                                    "of a browser, 11 fields"),
                            PIECES),
                    new JmhTable(
                            "ProxyHeaderBenchmark",
                            "First bytes: PROXY header",
                            "Read with its addresses, or written, once for each connection that has one.",
                            Axis.of(
                                    "kind",
                                    "VERSION_1",
                                    "version 1, IPv4",
                                    "VERSION_1_IPV6",
                                    "version 1, IPv6",
                                    "VERSION_2",
                                    "version 2, IPv4",
                                    "VERSION_2_IPV6",
                                    "version 2, IPv6",
                                    "VERSION_2_CHECKSUM_AND_NAME",
                                    "version 2, IPv4, checksum and name"),
                            Axis.methods("read", "read", "write", "written")),
                    new JmhTable(
                            "AdvertisementBenchmark",
                            "VRRP",
                            "The first two are the codec alone, the others a virtual router with it.\n"
                                    + "A signed advertisement is taken only once, so the time to write it is in that of reading it.",
                            Axis.of(
                                    "kind",
                                    "VERSION_2",
                                    "version 2, IPv4",
                                    "VERSION_3",
                                    "version 3, IPv4",
                                    "VERSION_3_IPV6",
                                    "version 3, IPv6",
                                    "VERSION_3_SIGNED",
                                    "version 3, IPv4, signed"),
                            Axis.methods(
                                    "encode",
                                    "written",
                                    "decode",
                                    "checked and read",
                                    "send",
                                    "an Active's timer fires",
                                    "receive",
                                    "a Backup hears it",
                                    "receiveForeign",
                                    "another router's is heard")));

    private JmhTables() {}
}

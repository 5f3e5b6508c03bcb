package io.evenkeel.benchmarks.soak;

import java.util.Locale;

/** The frontends of the proxy, by what is done with connections there. */
enum Door {
    /** Passed on as they are. */
    PLAIN(8001, 20),
    /** Sent to a backend by the name that a ClientHello asks for. */
    TLS(8002, 15),
    /** Counted by source, and kept to their servers by a stick table. */
    STICKY(8003, 15),
    /** Preceded by a PROXY header, and passed on with one. */
    PROXIED(8004, 10),
    /** To servers that take few at a time, so that others wait. */
    QUEUED(8005, 10),
    /** There in some configurations only. */
    EXTRA(8006, 5),
    /** TLS ends there, and begins again towards some servers. */
    SECURED(8007, 10),
    /** To servers whose addresses a name server tells. */
    NAMED(8008, 10),
    /** Datagrams. */
    DATAGRAMS(8009, 5);

    private final int port;
    private final int share;

    Door(int port, int share) {
        this.port = port;
        this.share = share;
    }

    int port() {
        return port;
    }

    /** How many of 100 visits go there. */
    int share() {
        return share;
    }

    /** The name of the frontend. */
    String frontend() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.evenkeel.benchmarks.soak;

import java.util.Locale;

/** The frontends of the proxy, by what is done with connections there. */
enum Door {
    /** Passed on as they are. */
    PLAIN(8001, 30),
    /** Sent to a backend by the name that a ClientHello asks for. */
    TLS(8002, 20),
    /** Counted by source, and kept to their servers by a stick table. */
    STICKY(8003, 20),
    /** Preceded by a PROXY header, and passed on with one. */
    PROXIED(8004, 15),
    /** To servers that take few at a time, so that others wait. */
    QUEUED(8005, 10),
    /** There in some configurations only. */
    EXTRA(8006, 5);

    private final int port;
    private final int share;

    Door(int port, int share) {
        this.port = port;
        this.share = share;
    }

    int port() {
        return port;
    }

    /** How many of 100 connections go there. */
    int share() {
        return share;
    }

    /** The name of the frontend. */
    String frontend() {
        return name().toLowerCase(Locale.ROOT);
    }
}

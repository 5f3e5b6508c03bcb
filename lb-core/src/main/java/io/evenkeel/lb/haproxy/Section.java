package io.evenkeel.lb.haproxy;

/** Where a keyword may stand. */
enum Section {
    GLOBAL("global"),
    DEFAULTS("defaults"),
    FRONTEND("frontend"),
    LISTEN("listen"),
    BACKEND("backend"),
    SERVER("server"),
    BIND("bind"),
    RESOLVERS("resolvers"),
    PEERS("peers"),
    UDP_LB("udp-lb");

    private final String keyword;

    Section(String keyword) {
        this.keyword = keyword;
    }

    /** The word that opens the section, or the line. */
    String keyword() {
        return keyword;
    }

    boolean isProxy() {
        return this == FRONTEND || this == LISTEN || this == BACKEND;
    }

    boolean hasFrontend() {
        return this == FRONTEND || this == LISTEN;
    }

    boolean hasBackend() {
        return this == LISTEN || this == BACKEND;
    }
}

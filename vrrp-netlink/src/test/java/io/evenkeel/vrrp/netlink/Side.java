package io.evenkeel.vrrp.netlink;

/** One of the two routers of a cell of the interop matrix. */
enum Side {
    EVENKEEL("Evenkeel"),
    PEER("peer");

    private final String text;

    Side(String text) {
        this.text = text;
    }

    Side other() {
        return this == EVENKEEL ? PEER : EVENKEEL;
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.evenkeel.lb;

/** How a backend spreads connections over its usable servers. */
public enum Balance {
    /**
     * Smooth weighted round robin: each server in turn, as often as its weight says, with the turns
     * of a heavy server spread over the cycle ({@code balance roundrobin}).
     */
    ROUND_ROBIN("roundrobin");

    private final String keyword;

    Balance(String keyword) {
        this.keyword = keyword;
    }

    /** The word after {@code balance} in {@code haproxy.cfg}. */
    public String keyword() {
        return keyword;
    }

    /**
     * Whether the choice follows from the connection (its address, a key) and not from chance or
     * turn. A retry that leaves such a server breaks that promise, so it waits for {@code option
     * redispatch}.
     */
    public boolean isDeterministic() {
        return false;
    }
}

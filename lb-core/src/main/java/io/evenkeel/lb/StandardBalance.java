package io.evenkeel.lb;

import java.util.function.Function;

/** The ways that nothing is to be said about. */
enum StandardBalance implements Balance {
    ROUND_ROBIN("roundrobin", SmoothWeightedRoundRobin::over),
    STATIC_ROUND_ROBIN("static-rr", StaticOrder.RoundRobin::new),
    LEAST_CONNECTIONS("leastconn", LeastConnections::new),
    FIRST("first", FirstServer::new),
    STICKY("sticky", StickyServer::new);

    private final String keyword;
    private final Function<Candidates, Selector> selector;

    StandardBalance(String keyword, Function<Candidates, Selector> selector) {
        this.keyword = keyword;
        this.selector = selector;
    }

    @Override
    public String keyword() {
        return keyword;
    }

    @Override
    public Selector selector(Candidates candidates) {
        return selector.apply(candidates);
    }
}

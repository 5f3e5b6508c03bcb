/** Balancing decisions, health and the {@code haproxy.cfg} reader: pure values, no I/O. */
module io.evenkeel.lb {
    requires static transitive org.jspecify;

    exports io.evenkeel.lb;
    exports io.evenkeel.lb.dns;
    exports io.evenkeel.lb.haproxy;
    exports io.evenkeel.lb.peers;
    exports io.evenkeel.lb.store;
}

/** The VRRP state machine, packet codec and {@code keepalived.conf} reader: pure values, no I/O. */
module io.evenkeel.vrrp {
    requires static transitive org.jspecify;

    exports io.evenkeel.vrrp;
    exports io.evenkeel.vrrp.keepalived;
}

/** VRRP on a Linux host: sockets, addresses, announcements and the VRRP thread. */
module io.evenkeel.vrrp.netlink {
    requires transitive io.evenkeel.vrrp;
    requires java.management;
    requires com.sun.jna;
    requires org.slf4j;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.evenkeel.vrrp.netlink;
}

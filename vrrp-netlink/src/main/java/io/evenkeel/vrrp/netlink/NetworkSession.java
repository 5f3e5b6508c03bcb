package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouterConfig;

/**
 * What one running service has open on one kind of network. Used by the thread that opens it until the VRRP thread starts, then by
 * that thread alone.
 */
interface NetworkSession extends AutoCloseable {
    /** {@link #monitorFd()} of a network that has nothing to watch. */
    int NO_MONITOR = -1;

    /** The socket on which this router's messages travel; routers of one interface share one. */
    VrrpPort port(VirtualRouterConfig router);

    /** Who puts this router's addresses on the host. */
    AddressKeeper keeper(VirtualRouterConfig router);

    /** A descriptor that is readable when the host's interfaces change, or {@link #NO_MONITOR}. */
    int monitorFd();

    /** Reads the changes; afterwards the ports know whether they are up and their local address. */
    void drainMonitor();

    @Override
    void close();
}

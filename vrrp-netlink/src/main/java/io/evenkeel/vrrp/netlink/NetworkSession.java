package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one running service has open on one kind of network. Used by the thread that opens it until the VRRP thread starts, then by
 * that thread alone, but for {@link #inspect}, {@link #dropAlso} and {@link #dropOnly}.
 */
interface NetworkSession extends AutoCloseable {
    /** {@link #monitorFd()} of a network that has nothing to watch. */
    int NO_MONITOR = -1;

    /**
     * Looks whether the host allows these routers, and changes nothing. For any thread, one at a time.
     *
     * @return what {@link #open} is to build on
     * @throws VrrpStartException if the host refuses one of them
     */
    HostView inspect(List<VirtualRouterConfig> routers) throws VrrpStartException;

    /**
     * Opens the sockets of these routers that are not open yet.
     *
     * @throws NativeCallException if one cannot be opened; then none stays open that was not before
     */
    void open(List<VirtualRouterConfig> routers, HostView view);

    /**
     * Has the host drop packets to the addresses of those of these routers that do not accept them, besides what it drops already. For
     * any thread but the VRRP thread, one at a time.
     */
    default void dropAlso(List<VirtualRouterConfig> routers) {}

    /** The same for these routers alone, saying in the log what cannot be done. */
    default void dropOnly(List<VirtualRouterConfig> routers) {}

    /** Closes the sockets that are not among these. */
    void closeAllBut(Collection<VrrpPort> used);

    /** The open socket on which this router's messages travel, shared with routers like it. */
    VrrpPort port(VirtualRouterConfig router);

    /** A new one who puts this router's addresses on the host. */
    AddressKeeper keeper(VirtualRouterConfig router);

    /** Waits, but not longer than that, until what was closed is off the host. Not for the VRRP thread. */
    default void awaitRemovals(long timeoutMillis) {}

    /** A descriptor that is readable when the host's interfaces change, or {@link #NO_MONITOR}. */
    int monitorFd();

    /**
     * Reads the changes; afterwards the ports know whether they are up and their local address.
     *
     * @return the host as it is now, or null if nothing changed that is known
     */
    @Nullable HostView drainMonitor();

    /** When {@link #drainMonitor} is to be called also if nothing can be read from the descriptor. */
    default long nextLookNanos() {
        return VirtualRouter.NO_DEADLINE;
    }

    /** How well the changes could be followed. */
    default MonitorStatistics monitorStatistics() {
        return MonitorStatistics.NONE;
    }

    /** Whether an interface of that name exists and carries packets, as of the last {@link #drainMonitor}. */
    boolean isLinkUp(String interfaceName);

    /** Puts the routes and rules on the host until the session is closed, and says in the log what it could not. */
    void addStaticRoutes(HostStatics statics);

    @Override
    void close();
}

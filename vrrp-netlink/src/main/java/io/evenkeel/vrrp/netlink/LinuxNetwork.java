package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The LANs of this host. Looks at everything that can be wrong before it changes anything. */
final class LinuxNetwork extends VrrpNetwork {
    @Override
    NetworkSession open(Libc libc, List<VirtualRouterConfig> routers, EventDispatcher dispatcher)
            throws VrrpStartException {
        try (Undo undo = new Undo()) {
            NetlinkConnection netlink = undo.closing(new NetlinkConnection(new LibcNetlink(libc)));
            HostCheck check = new HostCheck(libc, netlink);
            check.requireCapabilities();
            Map<String, LinuxInterface> interfaces = check.requireInterfaces(routers);
            Map<String, List<AddressLease>> leases = new HashMap<>();
            for (VirtualRouterConfig router : routers) {
                leases.put(router.name(), check.leases(router, interfaces));
            }
            LinuxSession session =
                    undo.closing(new LinuxSession(libc, netlink, interfaces, dispatcher));
            for (VirtualRouterConfig router : routers) {
                session.open(
                        router,
                        check.requireLocalAddress(router, interfaces),
                        leases.getOrDefault(router.name(), List.of()));
            }
            check.sweep();
            undo.forget();
            return session;
        } catch (NativeCallException e) {
            throw new VrrpStartException(
                    null, "VRRP cannot start on this host: " + e.getMessage(), e);
        }
    }

    /** Closes what was opened so far, last first, unless it is told to forget it. */
    private static final class Undo implements AutoCloseable {
        private final Deque<Runnable> steps = new ArrayDeque<>();

        NetlinkConnection closing(NetlinkConnection connection) {
            steps.push(connection::close);
            return connection;
        }

        /** The session closes the connection too. */
        LinuxSession closing(LinuxSession session) {
            steps.clear();
            steps.push(session::close);
            return session;
        }

        void forget() {
            steps.clear();
        }

        @Override
        public void close() {
            steps.forEach(Runnable::run);
        }
    }
}

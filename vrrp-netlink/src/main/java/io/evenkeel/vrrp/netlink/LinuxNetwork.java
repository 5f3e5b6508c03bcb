package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;

/** The LANs of this host. */
final class LinuxNetwork extends VrrpNetwork {
    @Override
    NetworkSession open(Libc libc, List<VirtualRouterConfig> routers, EventDispatcher dispatcher)
            throws VrrpStartException {
        throw new VrrpStartException(null, "The real LAN is not built yet.");
    }
}

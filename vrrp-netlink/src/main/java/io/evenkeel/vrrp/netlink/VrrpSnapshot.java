package io.evenkeel.vrrp.netlink;

import java.util.List;
import java.util.Optional;

/**
 * A {@link VrrpService} at one moment.
 *
 * @param routers in the order of the configuration
 * @param stalls how late the VRRP thread ran
 * @param monitor how well the changes of the host could be followed
 */
public record VrrpSnapshot(
        List<RouterSnapshot> routers, StallStatistics stalls, MonitorStatistics monitor) {
    /** Keeps a copy of the list. */
    public VrrpSnapshot {
        routers = List.copyOf(routers);
    }

    /**
     * One router.
     *
     * @param name its name in the configuration
     * @return the router, or empty if there is none of this name
     */
    public Optional<RouterSnapshot> router(String name) {
        return routers.stream().filter(router -> router.name().equals(name)).findFirst();
    }
}

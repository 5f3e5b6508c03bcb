package io.evenkeel.vrrp.netlink;

import java.util.List;
import java.util.Optional;

/**
 * A {@link VrrpService} at one moment.
 *
 * @param routers in the order of the configuration
 * @param stalls how late the VRRP thread ran
 * @param heartbeat who sends the periodic advertisements
 * @param thread what was asked of the host for the VRRP thread and what came of it; empty until it has been asked
 * @param monitor how well the changes of the host could be followed
 */
public record VrrpSnapshot(
        List<RouterSnapshot> routers,
        StallStatistics stalls,
        HeartbeatStatus heartbeat,
        List<ThreadSetting> thread,
        MonitorStatistics monitor) {
    /** Keeps copies of the lists. */
    public VrrpSnapshot {
        routers = List.copyOf(routers);
        thread = List.copyOf(thread);
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

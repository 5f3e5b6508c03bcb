package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the routes and routing rules that a process that died has left behind: they carry Evenkeel's number. As long as another
 * program on the host speaks VRRP, which may be a living Evenkeel, only those that these routers have are taken for left behind.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final NetlinkConnection netlink;
    private final List<VirtualRouterConfig> routers;
    private final boolean alone;

    /**
     * @param alone whether no other program on the host speaks VRRP
     */
    Leftovers(NetlinkConnection netlink, List<VirtualRouterConfig> routers, boolean alone) {
        this.netlink = netlink;
        this.routers = routers;
        this.alone = alone;
    }

    /** Rules first, since they lead to the routes. */
    void remove() {
        List<Runnable> steps =
                List.of(
                        () -> removeRules(true),
                        () -> removeRules(false),
                        () -> removeRoutes(true),
                        () -> removeRoutes(false));
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (NativeCallException e) {
                // A kernel without policy routing, or without IPv6, has none.
                LOG.info(
                        "What an earlier process may have left behind is not looked for: {}",
                        e.getMessage());
            }
        }
    }

    private void removeRoutes(boolean ipv4) {
        for (HostRoute route : netlink.routesOfProtocol(ipv4, VirtualRoute.EVENKEEL_PROTOCOL)) {
            String command = (ipv4 ? "ip" : "ip -6") + " route del ";
            if (alone || isOurs(route)) {
                report("route", netlink.remove(route), route, command);
            } else {
                warn("route", route, command);
            }
        }
    }

    private void removeRules(boolean ipv4) {
        for (HostRule rule : netlink.rules(ipv4)) {
            if (rule.protocol() != VirtualRoute.EVENKEEL_PROTOCOL) {
                continue;
            }
            String command = (ipv4 ? "ip" : "ip -6") + " rule del ";
            if (alone || isOurs(rule)) {
                report("rule", netlink.remove(rule), rule, command);
            } else {
                warn("rule", rule, command);
            }
        }
    }

    private boolean isOurs(HostRoute route) {
        return routers.stream()
                .flatMap(router -> router.host().routes().stream())
                .anyMatch(route::collidesWith);
    }

    private boolean isOurs(HostRule rule) {
        return routers.stream()
                .flatMap(router -> router.host().rules().stream())
                .anyMatch(
                        own ->
                                own.isIpv4() == rule.ipv4()
                                        && own.priority() == rule.priority()
                                        && own.table() == rule.table());
    }

    private static void report(String what, int result, Object entry, String command) {
        if (result == 0) {
            LOG.info("Removed the {} {}: an earlier process left it behind.", what, entry);
        } else if (result != -Errno.ESRCH && result != -Errno.ENOENT) {
            LOG.warn(
                    "Could not remove the {} {}, which an earlier process left behind: {}. Remove it with `{}{}`.",
                    what,
                    entry,
                    Errno.describe(-result),
                    command,
                    entry);
        }
    }

    private static void warn(String what, Object entry, String command) {
        LOG.warn(
                "The {} {} has Evenkeel's number and is none of this configuration. If no other Evenkeel on this host has it, remove it with `{}{}`.",
                what,
                entry,
                command,
                entry);
    }
}

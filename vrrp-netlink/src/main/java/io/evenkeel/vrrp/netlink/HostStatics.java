package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRule;
import java.util.List;

/**
 * What is on the host while the service runs, whatever its routers do.
 *
 * @param addresses each of which names its device
 */
record HostStatics(
        List<VirtualAddress> addresses, List<VirtualRoute> routes, List<VirtualRule> rules) {
    HostStatics {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
    }
}

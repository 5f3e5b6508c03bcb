package io.evenkeel.vrrp;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the host does for a router beside holding its addresses. The protocol does not look at it; the adapter to the host does.
 *
 * @param virtualMac the interface with the virtual router's MAC address, or null to use the address of the interface
 * @param routes routes that are there while the router is Active
 * @param rules routing rules that are there while the router is Active
 */
public record HostSettings(
        @Nullable VirtualMac virtualMac, List<VirtualRoute> routes, List<VirtualRule> rules) {

    /** No virtual MAC address, no route and no rule. */
    public static final HostSettings NONE = new HostSettings(null, List.of(), List.of());

    public HostSettings {
        routes = List.copyOf(Objects.requireNonNull(routes, "routes"));
        rules = List.copyOf(Objects.requireNonNull(rules, "rules"));
    }

    /** These settings with that virtual MAC address. */
    public HostSettings withVirtualMac(@Nullable VirtualMac mac) {
        return new HostSettings(mac, routes, rules);
    }

    /** These settings with those routes. */
    public HostSettings withRoutes(List<VirtualRoute> other) {
        return new HostSettings(virtualMac, other, rules);
    }

    /** These settings with those rules. */
    public HostSettings withRules(List<VirtualRule> other) {
        return new HostSettings(virtualMac, routes, other);
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that can be wrong with the routers, groups and scripts of one service, found in one pass. */
final class ServiceChecks {
    private final List<String> problems = new ArrayList<>();

    /** Starts with the routers. */
    ServiceChecks(List<VirtualRouterConfig> routers) {
        if (routers.isEmpty()) {
            problems.add("a VRRP service needs at least one virtual router");
        }
        Set<String> names = new HashSet<>();
        Map<String, List<VirtualRouterConfig>> routersByVrid = new HashMap<>();
        Map<String, String> routerByMacvlan = new HashMap<>();
        for (VirtualRouterConfig router : routers) {
            if (!names.add(router.name())) {
                problems.add("two virtual routers are named " + router.name());
            }
            VirtualMac mac = router.host().virtualMac();
            String namesake =
                    mac == null
                            ? null
                            : routerByMacvlan.putIfAbsent(mac.interfaceName(), router.name());
            if (mac != null && namesake != null) {
                problems.add(
                        "the virtual routers "
                                + namesake
                                + " and "
                                + router.name()
                                + " both have their virtual MAC on "
                                + mac.interfaceName()
                                + ", give the interface of one of them another name");
            }
            // One VRID of the two families is two virtual routers (RFC 9568, section 1.1).
            String vrid = router.virtualRouterId() + " on " + router.interfaceName();
            List<VirtualRouterConfig> others =
                    routersByVrid.computeIfAbsent(
                            vrid + router.isIpv4(), unused -> new ArrayList<>());
            others.stream()
                    .filter(other -> isToldApartByVridAlone(other, router))
                    .findFirst()
                    .ifPresent(
                            other ->
                                    problems.add(
                                            "the virtual routers "
                                                    + other.name()
                                                    + " and "
                                                    + router.name()
                                                    + " both have VRID "
                                                    + vrid
                                                    + ", choose another VRID for one of them"));
            others.add(router);
        }
    }

    /**
     * Whether the packets of both arrive at the same place: at the same group, or from peers at the same address; that of the
     * interface may be any. Or both have the MAC address that follows from the VRID.
     */
    private static boolean isToldApartByVridAlone(
            VirtualRouterConfig one, VirtualRouterConfig other) {
        if (one.host().virtualMac() != null && other.host().virtualMac() != null) {
            return true;
        }
        if (one.destinations().isUnicast() != other.destinations().isUnicast()) {
            return false;
        }
        if (!one.destinations().isUnicast()) {
            boolean ipv4 = one.isIpv4();
            return one.destinations().group(ipv4).equals(other.destinations().group(ipv4));
        }
        IpAddress source = one.sourceAddress();
        IpAddress otherSource = other.sourceAddress();
        return source == null || otherSource == null || source.equals(otherSource);
    }

    ServiceChecks groups(List<SyncGroupConfig> groups, List<VirtualRouterConfig> routers) {
        Set<String> routerNames = new HashSet<>();
        routers.forEach(router -> routerNames.add(router.name()));
        Set<String> names = new HashSet<>();
        Map<String, String> groupByMember = new HashMap<>();
        for (SyncGroupConfig group : groups) {
            if (!names.add(group.name())) {
                problems.add("two sync groups are named " + group.name());
            }
            for (String member : group.members()) {
                if (!routerNames.contains(member)) {
                    problems.add(
                            "sync group "
                                    + group.name()
                                    + " names the virtual router "
                                    + member
                                    + ", which there is not");
                }
                String other = groupByMember.putIfAbsent(member, group.name());
                if (other != null) {
                    problems.add(
                            "the virtual router "
                                    + member
                                    + " is in the sync groups "
                                    + other
                                    + " and "
                                    + group.name()
                                    + ", leave it in one of them");
                }
            }
        }
        return this;
    }

    ServiceChecks scripts(List<VrrpScript> scripts) {
        Set<String> names = new HashSet<>();
        for (VrrpScript script : scripts) {
            if (!names.add(script.name())) {
                problems.add("two scripts are named " + script.name());
            }
        }
        return this;
    }

    ServiceChecks suppliers(
            List<TrackedSupplier> suppliers,
            List<VrrpScript> scripts,
            List<VirtualRouterConfig> routers) {
        Set<String> names = new HashSet<>();
        scripts.forEach(script -> names.add(script.name()));
        for (TrackedSupplier supplier : suppliers) {
            String name = supplier.tracker();
            if (!names.add(name)) {
                problems.add("two scripts or suppliers feed the tracker " + name);
            }
            List<Tracker> fed =
                    routers.stream()
                            .flatMap(router -> router.trackers().stream())
                            .filter(tracker -> tracker.name().equals(name))
                            .toList();
            if (fed.isEmpty()) {
                problems.add(
                        "no virtual router has the tracker " + name + ", which a supplier feeds");
            }
            if (fed.stream().anyMatch(tracker -> tracker.deadlineNanos() > 0)) {
                problems.add(
                        "the tracker "
                                + name
                                + " has a deadline, but what its supplier says is told when it changes; leave the deadline"
                                + " out, since the supplier has a timeout");
            }
        }
        return this;
    }

    /**
     * @param what could not be done, as the beginning of the sentence
     * @throws IllegalArgumentException with all problems, if there is one
     */
    void require(String what) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(what + ": " + String.join("; ", problems) + ".");
        }
    }
}

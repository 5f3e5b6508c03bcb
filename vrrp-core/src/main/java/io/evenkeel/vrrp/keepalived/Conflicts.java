package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.UnicastPeer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds instances that get into each other's way. */
final class Conflicts {
    private final List<InstanceReader> instances;
    private final GlobalReader global;
    private final Findings findings;

    private Conflicts(List<InstanceReader> instances, GlobalReader global, Findings findings) {
        this.instances = instances;
        this.global = global;
        this.findings = findings;
    }

    static void find(List<InstanceReader> instances, GlobalReader global, Findings findings) {
        Conflicts conflicts = new Conflicts(instances, global, findings);
        conflicts.names();
        conflicts.identifiers();
        conflicts.addresses();
    }

    private void names() {
        Map<String, InstanceReader> names = new HashMap<>();
        for (InstanceReader instance : instances) {
            InstanceReader namesake = names.putIfAbsent(instance.name(), instance);
            if (namesake != null) {
                findings.error(
                        instance.place(),
                        "vrrp_instance '"
                                + instance.name()
                                + "' is defined on "
                                + namesake.place().seenFrom(instance.place())
                                + " already; give this one another name");
            }
        }
    }

    private void identifiers() {
        Map<String, List<InstanceReader>> identifiers = new HashMap<>();
        for (InstanceReader instance : instances) {
            Integer virtualRouterId = instance.virtualRouterId();
            if (instance.interfaceName() == null || virtualRouterId == null) {
                continue;
            }
            String key = instance.isIpv4() + " " + virtualRouterId + " " + instance.interfaceName();
            List<InstanceReader> others = identifiers.computeIfAbsent(key, k -> new ArrayList<>());
            others.stream()
                    .filter(other -> hear(other, instance))
                    .findFirst()
                    .ifPresent(other -> shared(instance, other));
            others.add(instance);
        }
    }

    /**
     * Whether the packets of both arrive at the same place, so that nothing but the identifier tells them apart; or both have the MAC
     * address that follows from it.
     */
    private boolean hear(InstanceReader one, InstanceReader other) {
        if (one.virtualMac().isWanted() && other.virtualMac().isWanted()) {
            return true;
        }
        if (one.way().isUnicast() != other.way().isUnicast()) {
            return false;
        }
        if (!one.way().isUnicast()) {
            return Objects.equals(group(one), group(other));
        }
        return mayHaveOneSource(one, other) || haveCommonPeer(one, other);
    }

    /** Peers send to it, and it is what their packets are told apart by; the interface's own may be any. */
    private static boolean mayHaveOneSource(InstanceReader one, InstanceReader other) {
        IpAddress source = one.way().source();
        IpAddress otherSource = other.way().source();
        return source == null || otherSource == null || source.equals(otherSource);
    }

    private static boolean haveCommonPeer(InstanceReader one, InstanceReader other) {
        Set<IpAddress> peers = new HashSet<>();
        one.way().peers().forEach(peer -> peers.add(peer.address()));
        return other.way().peers().stream().map(UnicastPeer::address).anyMatch(peers::contains);
    }

    private Object group(InstanceReader instance) {
        IpAddress own = instance.way().group();
        IpAddress group = own == null ? global.group(instance.isIpv4()) : own;
        IpAddress usual = io.evenkeel.vrrp.Destinations.MULTICAST.group(instance.isIpv4());
        return group == null ? usual : group;
    }

    private void shared(InstanceReader instance, InstanceReader twin) {
        Place place = instance.placeOrOwn("virtual_router_id");
        findings.error(
                place,
                "virtual_router_id "
                        + instance.virtualRouterId()
                        + " on "
                        + instance.interfaceName()
                        + " is that of vrrp_instance '"
                        + twin.name()
                        + "' on "
                        + twin.placeOrOwn("virtual_router_id").seenFrom(place)
                        + " already; choose another one"
                        + (hasOwnPeers(instance, twin)
                                ? ", or give both an address of their own to send from ('unicast_src_ip')"
                                : ""));
    }

    private static boolean hasOwnPeers(InstanceReader one, InstanceReader other) {
        return one.way().isUnicast()
                && other.way().isUnicast()
                && !haveCommonPeer(one, other)
                && mayHaveOneSource(one, other);
    }

    /** Two routers that add and remove one address take it from each other. */
    private void addresses() {
        Map<IpAddress, InstanceReader> owners = new HashMap<>();
        for (InstanceReader instance : instances) {
            for (int i = 0; i < instance.addresses().size(); i++) {
                IpAddress address = instance.addresses().get(i).address();
                InstanceReader owner = owners.putIfAbsent(address, instance);
                if (owner != null && owner != instance) {
                    findings.warning(
                            instance.addresses().place(i),
                            "the address "
                                    + address
                                    + " is also that of vrrp_instance '"
                                    + owner.name()
                                    + "'; one that releases it takes it from the other");
                }
            }
        }
    }
}

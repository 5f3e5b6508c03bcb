package io.evenkeel.vrrp.keepalived;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the interfaces with virtual MAC addresses are called. Without a name of its own one is {@code vrrp.51}, of IPv6 {@code
 * vrrp6.51}; the next of the same VRID, on another interface, is {@code vrrp1.51}.
 */
final class VirtualMacNames {
    private final Map<InstanceReader, String> names = new HashMap<>();

    VirtualMacNames(List<InstanceReader> instances, GlobalReader global, Findings findings) {
        Map<String, InstanceReader> owners = new HashMap<>();
        for (InstanceReader instance : instances) {
            String written = instance.virtualMac().name();
            if (written == null) {
                continue;
            }
            names.put(instance, written);
            InstanceReader owner = owners.putIfAbsent(written, instance);
            if (owner != null) {
                Place place = instance.placeOrOwn("use_vmac");
                findings.error(
                        place,
                        "'use_vmac "
                                + written
                                + "' names the interface of vrrp_instance '"
                                + owner.name()
                                + "' on "
                                + owner.placeOrOwn("use_vmac").seenFrom(place)
                                + "; choose another name");
            }
        }
        Set<String> taken = new HashSet<>(owners.keySet());
        for (InstanceReader instance : instances) {
            Integer virtualRouterId = instance.virtualRouterId();
            if (instance.virtualMac().isWanted() && instance.virtualMac().name() == null) {
                String prefix = global.virtualMacPrefix() + (instance.isIpv4() ? "" : "6");
                int vrid = virtualRouterId == null ? 1 : virtualRouterId;
                String name = prefix + "." + vrid;
                for (int number = 1; !taken.add(name); number++) {
                    name = prefix + number + "." + vrid;
                }
                names.put(instance, name);
            }
        }
    }

    /** Returns the name of the instance's interface, or null if it has none. */
    @Nullable String of(InstanceReader instance) {
        return names.get(instance);
    }
}

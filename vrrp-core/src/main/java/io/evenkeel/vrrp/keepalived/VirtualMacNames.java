package io.evenkeel.vrrp.keepalived;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the interfaces with virtual MAC addresses are called, as keepalived calls them. Without a name of its own one is {@code
 * vrrp.51}; the next one of the same VRID {@code vrrp1.51}, or {@code vrrp6.51} if it is of IPv6.
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
                String vrid = "." + (virtualRouterId == null ? 1 : virtualRouterId);
                String name = global.virtualMacPrefix() + vrid;
                for (int attempt = 1; !taken.add(name); attempt++) {
                    name = global.virtualMacPrefix() + number(attempt, instance.isIpv4()) + vrid;
                }
                names.put(instance, name);
            }
        }
    }

    /** IPv4 counts 1, 2, 3; IPv6 begins with 6, and leaves it out when it comes to it again. */
    private static int number(int attempt, boolean ipv4) {
        if (ipv4 || attempt > 6) {
            return attempt;
        }
        return attempt == 1 ? 6 : attempt - 1;
    }

    /** Returns the name of the instance's interface, or null if it has none. */
    @Nullable String of(InstanceReader instance) {
        return names.get(instance);
    }
}

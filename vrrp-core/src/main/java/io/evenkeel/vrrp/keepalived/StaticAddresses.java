package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code static_ipaddress}. */
final class StaticAddresses {
    private final AddressList addresses = new AddressList();
    private final Findings findings;

    StaticAddresses(Findings findings) {
        this.findings = findings;
    }

    void read(Statement block) {
        addresses.read(block, findings);
    }

    /** Returns the addresses, those without an interface on that one. */
    List<VirtualAddress> on(String defaultInterface) {
        List<VirtualAddress> placed = new ArrayList<>();
        Map<IpAddress, Place> seen = new HashMap<>();
        for (int i = 0; i < addresses.size(); i++) {
            VirtualAddress address = addresses.get(i);
            Place place = addresses.place(i);
            Place earlier = seen.putIfAbsent(address.address(), place);
            if (earlier != null) {
                findings.error(
                        place,
                        "the static address "
                                + address.address()
                                + " is on "
                                + earlier.seenFrom(place)
                                + " already; remove one of them");
            } else if (address.device() != null) {
                placed.add(address);
            } else {
                placed.add(address.withDevice(defaultInterface));
            }
        }
        return placed;
    }
}

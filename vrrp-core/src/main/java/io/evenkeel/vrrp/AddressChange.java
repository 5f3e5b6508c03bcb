package io.evenkeel.vrrp;

import java.util.ArrayList;
import java.util.List;

/** Which addresses one configuration of a router holds and another one does not, excluded ones too. */
record AddressChange(List<VirtualAddress> removed, List<VirtualAddress> added) {

    static AddressChange between(VirtualRouterConfig before, VirtualRouterConfig after) {
        List<VirtualAddress> removed = new RouterActions(before).all;
        List<VirtualAddress> added = new RouterActions(after).all;
        return new AddressChange(without(removed, added), without(added, removed));
    }

    private static List<VirtualAddress> without(
            List<VirtualAddress> addresses, List<VirtualAddress> others) {
        List<VirtualAddress> rest = new ArrayList<>(addresses);
        rest.removeAll(others);
        return List.copyOf(rest);
    }
}

package io.evenkeel.vrrp;

import java.util.List;
import java.util.Objects;

/** Whether peers would see that a router has another configuration, leaving the priority aside. */
final class AdvertisementChange {

    private AdvertisementChange() {}

    static boolean isVisible(VirtualRouterConfig before, VirtualRouterConfig after) {
        return before.advertisementIntervalNanos() != after.advertisementIntervalNanos()
                || !inOrder(before).equals(inOrder(after))
                || !before.authentication().equals(after.authentication())
                || !Objects.equals(before.hmac(), after.hmac())
                || before.checksumMode() != after.checksumMode()
                || !before.destinations().equals(after.destinations());
    }

    private static List<IpAddress> inOrder(VirtualRouterConfig config) {
        return config.addresses().stream().map(VirtualAddress::address).toList();
    }
}

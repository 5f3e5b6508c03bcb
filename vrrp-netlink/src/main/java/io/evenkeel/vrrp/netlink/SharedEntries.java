package io.evenkeel.vrrp.netlink;

import java.util.HashMap;
import java.util.Map;

/** How many owners hold a route or a rule: two routers may want the same one, and the last takes it off. */
final class SharedEntries {
    private final Map<Object, Integer> holders = new HashMap<>();

    void hold(Object value) {
        holders.merge(value, 1, Integer::sum);
    }

    /** Whether nobody holds it any more. */
    boolean release(Object value) {
        Integer left =
                holders.computeIfPresent(value, (held, count) -> count > 1 ? count - 1 : null);
        return left == null;
    }
}

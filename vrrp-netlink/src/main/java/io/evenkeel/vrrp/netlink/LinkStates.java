package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.VirtualRouter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which interfaces carry packets, as the routers are to see it: a change of one that has delays counts when it has lasted that long.
 * An interface that is gone is down at once.
 */
final class LinkStates {
    private final List<InterfaceDelays> delays;

    /** When the change of an interface that is still seen as it was counts. */
    private final Map<String, Long> changingNanos = new HashMap<>();

    private Set<String> up = Set.of();
    private long nextNanos = VirtualRouter.NO_DEADLINE;
    private boolean known;

    LinkStates(List<InterfaceDelays> delays) {
        this.delays = List.copyOf(delays);
    }

    /** Takes what is true now. The first time nothing has changed. */
    void take(HostView view, long nowNanos) {
        Set<String> seen = view.linksUp();
        if (known && !delays.isEmpty()) {
            seen = new HashSet<>(seen);
            for (InterfaceDelays each : delays) {
                takeDelayed(each, seen, view.link(each.interfaceName()) != null, nowNanos);
            }
        }
        up = Set.copyOf(seen);
        known = true;
        // Kept, because it is asked for in every round of the VRRP thread.
        nextNanos = VirtualRouter.NO_DEADLINE;
        for (long each : changingNanos.values()) {
            nextNanos = Math.min(nextNanos, each);
        }
    }

    private void takeDelayed(
            InterfaceDelays each, Set<String> seen, boolean exists, long nowNanos) {
        String name = each.interfaceName();
        boolean before = up.contains(name);
        boolean is = seen.contains(name);
        if (before == is || !exists) {
            changingNanos.remove(name);
            return;
        }
        long delay = is ? each.upNanos() : each.downNanos();
        if (nowNanos >= changingNanos.computeIfAbsent(name, unused -> nowNanos + delay)) {
            changingNanos.remove(name);
        } else if (before) {
            seen.add(name);
        } else {
            seen.remove(name);
        }
    }

    boolean isUp(String interfaceName) {
        return up.contains(interfaceName);
    }

    /** When {@link #take} is to be called at the latest, because a change counts then. */
    long nextNanos() {
        return nextNanos;
    }
}

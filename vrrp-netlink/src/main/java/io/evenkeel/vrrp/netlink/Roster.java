package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.SyncGroup;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.TrackedInterface;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The routers of a service, and how they become others while it runs. Routers that stay are changed in place; those that leave release
 * their addresses, and only then those that come are started, so that two never have one VRID. Used by the VRRP thread.
 */
final class Roster {
    /** What leaves may take this long to release its addresses; then they are taken off all the same. */
    private static final long LEAVE_BOUND_NANOS = 1_000_000_000L;

    /** Makes the driver of a router whose socket is open. */
    interface Recruiter {
        RouterDriver recruit(VirtualRouterConfig config);
    }

    private final NetworkSession session;
    private final Recruiter recruiter;
    private final HostClocks clocks;
    private final List<SyncGroupConfig> groups;
    private final List<TrackedInterface> interfaces;
    private final @Nullable Boolean[] interfaceStates;
    private final TrackerReports reports = new TrackerReports();

    /** In the order of the configuration. */
    private List<RouterDriver> drivers;

    private List<RouterDriver> leaving = List.of();
    private List<RouterDriver> arriving = List.of();
    private Consumer<Boolean> settled = done -> {};
    private long leaveBoundNanos = VirtualRouter.NO_DEADLINE;

    Roster(
            NetworkSession session,
            Recruiter recruiter,
            HostClocks clocks,
            List<VirtualRouterConfig> routers,
            List<SyncGroupConfig> groups,
            List<TrackedInterface> interfaces) {
        this.session = session;
        this.recruiter = recruiter;
        this.clocks = clocks;
        this.groups = List.copyOf(groups);
        this.interfaces = List.copyOf(interfaces);
        interfaceStates = new Boolean[interfaces.size()];
        drivers = routers.stream().map(recruiter::recruit).toList();
        group(drivers);
    }

    /** The routers of the configuration, in its order; some of them may not be started yet. */
    List<RouterDriver> drivers() {
        return drivers;
    }

    /** The routers to drive now: those that run and those that leave. */
    List<RouterDriver> driven() {
        return Stream.concat(
                        drivers.stream().filter(driver -> !arriving.contains(driver)),
                        leaving.stream())
                .toList();
    }

    /** Starts all but those that {@link #settle} will start. */
    void start() {
        drivers.stream().filter(driver -> !arriving.contains(driver)).forEach(this::start);
    }

    void report(String tracker, boolean up, long now) {
        reports.note(tracker, up, now);
        driven().forEach(driver -> reports.tell(driver, tracker, now));
    }

    void report(String tracker, int value, long now) {
        reports.note(tracker, value, now);
        driven().forEach(driver -> reports.tell(driver, tracker, now));
    }

    /** Reports the tracked interfaces whose links have changed; called after every change of any interface. */
    void takeInterfaces(long now) {
        for (int i = 0; i < interfaceStates.length; i++) {
            boolean up = session.isLinkUp(interfaces.get(i).name());
            Boolean before = interfaceStates[i];
            if (before == null || before != up) {
                interfaceStates[i] = up;
                report(interfaces.get(i).trackerName(), up, now);
            }
        }
    }

    /**
     * Begins to make these the routers; {@link #settle} completes it.
     *
     * @param next whatever the host allows and a service may have
     * @param view of the host, in which they were found to be possible
     * @param whenSettled told true when the last of them is started, false if that will not be
     * @throws NativeCallException if a socket cannot be opened; nothing was changed then
     */
    void reconfigure(
            List<VirtualRouterConfig> next,
            HostView view,
            Consumer<Boolean> whenSettled,
            long now) {
        session.open(next, view);
        session.drainMonitor();
        settled.accept(false);
        settled = whenSettled;
        Set<String> staying = staying(next);
        Map<String, RouterDriver> present = new HashMap<>();
        List<RouterDriver> gone = new ArrayList<>(leaving);
        for (RouterDriver driver : drivers) {
            if (staying.contains(driver.name())) {
                present.put(driver.name(), driver);
            } else if (!arriving.contains(driver)) {
                gone.add(driver);
            }
        }
        List<RouterDriver> after = new ArrayList<>();
        List<RouterDriver> coming = new ArrayList<>();
        for (VirtualRouterConfig config : next) {
            RouterDriver driver = present.get(config.name());
            if (driver == null) {
                driver = recruiter.recruit(config);
                coming.add(driver);
            }
            after.add(driver);
        }
        group(coming);
        gone.forEach(driver -> driver.shutdown(now));
        boolean changed = false;
        for (VirtualRouterConfig config : next) {
            RouterDriver driver = present.get(config.name());
            if (driver != null && !driver.router().config().equals(config)) {
                changed = true;
                change(driver, config, now);
            }
        }
        drivers = List.copyOf(after);
        arriving = List.copyOf(coming);
        leaving = List.copyOf(gone);
        leaveBoundNanos = now + LEAVE_BOUND_NANOS;
        if (changed) {
            renewAddresses(now);
        }
    }

    /** Starts those that come when those that leave have left; true if it did, so that others are to be driven from now on. */
    boolean settle(long now) {
        if (leaveBoundNanos == VirtualRouter.NO_DEADLINE
                || now < leaveBoundNanos && !leaving.stream().allMatch(RouterDriver::isStopped)) {
            return false;
        }
        if (!leaving.isEmpty()) {
            leaving.forEach(RouterDriver::leave);
            leaving = List.of();
            // An address that a router took over from one that left was taken off with it.
            renewAddresses(now);
        }
        List<RouterDriver> coming = arriving;
        arriving = List.of();
        coming.forEach(this::start);
        session.closeAllBut(drivers.stream().map(RouterDriver::port).toList());
        leaveBoundNanos = VirtualRouter.NO_DEADLINE;
        settled.accept(true);
        settled = done -> {};
        return true;
    }

    /** When {@link #settle} wants to be called at the latest. */
    long nextDeadlineNanos() {
        return leaveBoundNanos;
    }

    /** Has every router release its addresses; what has not come yet never does. */
    void shutdown(long now) {
        drivers = drivers.stream().filter(driver -> !arriving.contains(driver)).toList();
        arriving = List.of();
        driven().forEach(driver -> driver.shutdown(now));
    }

    /** Has every router give up what it still has on the host. */
    void leave() {
        driven().forEach(RouterDriver::leave);
        settled.accept(false);
    }

    private void start(RouterDriver driver) {
        driver.takeWallClock(clocks.wallMinusMonotonicNanos());
        reports.tellAll(driver);
        driver.start(System.nanoTime());
    }

    private void change(RouterDriver driver, VirtualRouterConfig next, long now) {
        driver.takeWallClock(clocks.wallMinusMonotonicNanos());
        driver.reconfigure(next, session.port(next), now);
    }

    private void renewAddresses(long now) {
        driven().forEach(driver -> driver.renewAddresses(now));
    }

    /**
     * The names of the routers that are changed in place. One whose identity is another one starts anew, and its sync group with it,
     * since a group is made of routers that are not started.
     */
    private Set<String> staying(List<VirtualRouterConfig> next) {
        Set<String> staying = new HashSet<>();
        for (VirtualRouterConfig config : next) {
            for (RouterDriver driver : drivers) {
                if (!arriving.contains(driver) && driver.router().config().sameRouter(config)) {
                    staying.add(config.name());
                }
            }
        }
        for (SyncGroupConfig group : groups) {
            if (!staying.containsAll(group.members())) {
                group.members().forEach(staying::remove);
            }
        }
        return staying;
    }

    /** Makes the sync groups whose members are among these, which are all of them or none. */
    private void group(List<RouterDriver> members) {
        List<VirtualRouter> routers = members.stream().map(RouterDriver::router).toList();
        Set<String> names = new HashSet<>();
        members.forEach(member -> names.add(member.name()));
        for (SyncGroupConfig group : groups) {
            if (names.containsAll(group.members())) {
                SyncGroup.of(group, routers);
            }
        }
    }
}

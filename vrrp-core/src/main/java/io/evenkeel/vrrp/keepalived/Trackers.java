package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.Tracker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what moves an instance's priority: what it tracks itself and what its sync group tracks for it. */
final class Trackers {
    private final Sources sources;
    private final Map<String, SyncGroupReader> groups;
    private final Findings findings;

    /**
     * @param groups the group of each instance that is in one
     */
    Trackers(Sources sources, Map<String, SyncGroupReader> groups, Findings findings) {
        this.sources = sources;
        this.groups = groups;
        this.findings = findings;
    }

    List<Tracker> of(InstanceReader instance) {
        SyncGroupReader group = groups.get(instance.name());
        List<Tracker> trackers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Tracker tracker : once(instance.tracked(), group)) {
            names.add(tracker.name());
            trackers.add(tracker);
        }
        if (group != null) {
            for (Tracker tracker : once(group.tracked(), null)) {
                if (names.add(tracker.name())) {
                    trackers.add(tracker);
                }
            }
        }
        return trackers;
    }

    private List<Tracker> once(List<TrackedSource> lines, @Nullable SyncGroupReader group) {
        List<Tracker> trackers = new ArrayList<>();
        Map<String, Place> places = new HashMap<>();
        for (TrackedSource line : lines) {
            Place earlier = places.putIfAbsent(Sources.trackerName(line), line.place());
            if (earlier != null) {
                findings.error(
                        line.place(),
                        what(line)
                                + " is tracked on "
                                + earlier.seenFrom(line.place())
                                + " already; remove one of them");
                continue;
            }
            Tracker tracker = sources.tracker(line);
            if (tracker == null) {
                continue;
            }
            if (group == null || tracker.isFatal() || group.keepsWeights()) {
                sources.track(line);
                trackers.add(tracker);
            } else {
                findings.warning(
                        line.place(),
                        what(line)
                                + " has no effect here, as with keepalived: a member of a sync group is not weighted on"
                                + " its own; track it in vrrp_sync_group '"
                                + group.name()
                                + "', or write 'weight 0'");
            }
        }
        return trackers;
    }

    private static String what(TrackedSource line) {
        return switch (line.kind()) {
            case SCRIPT -> "script '" + line.name() + "'";
            case FILE -> "file '" + line.name() + "'";
            case PROCESS -> "process '" + line.name() + "'";
            case INTERFACE -> "interface '" + line.name() + "'";
        };
    }
}

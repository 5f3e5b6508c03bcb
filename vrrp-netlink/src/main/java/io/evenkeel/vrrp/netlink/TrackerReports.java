package io.evenkeel.vrrp.netlink;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each tracker reported last, for routers that come to track it later. Used by the VRRP thread. */
final class TrackerReports {
    private final Map<String, Report> reports = new LinkedHashMap<>();

    /**
     * @param value the number, or null for up or failed
     */
    private record Report(boolean up, @Nullable Integer value, long timeNanos) {
        void tell(RouterDriver driver, String name, long earliestNanos) {
            long time = Math.max(timeNanos, earliestNanos);
            if (value == null) {
                driver.handleTracker(name, up, time);
            } else {
                driver.handleTrackerValue(name, value, time);
            }
        }
    }

    void note(String name, boolean up, long now) {
        reports.put(name, new Report(up, null, now));
    }

    void note(String name, int value, long now) {
        reports.put(name, new Report(false, value, now));
    }

    /**
     * Tells one report to a router, which remembers it also if it does not track the source.
     *
     * @param earliestNanos what the router was told last; its time does not go back
     */
    void tell(RouterDriver driver, String name, long earliestNanos) {
        Report report = reports.get(name);
        if (report != null) {
            report.tell(driver, name, earliestNanos);
        }
    }

    /** Tells all reports to a router that was told nothing yet. */
    void tellAll(RouterDriver driver) {
        reports.keySet().forEach(name -> tell(driver, name, 0));
    }
}

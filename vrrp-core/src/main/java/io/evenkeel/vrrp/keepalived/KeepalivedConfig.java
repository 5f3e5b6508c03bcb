package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.TrackedFile;
import io.evenkeel.vrrp.TrackedInterface;
import io.evenkeel.vrrp.TrackedProcess;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VirtualRule;
import io.evenkeel.vrrp.VrrpScript;
import java.util.List;
import java.util.Map;

/** What a {@code keepalived.conf} asks for, as an immutable value. */
public final class KeepalivedConfig {

    /** The values, to be taken over once all are known. */
    record Values(
            String file,
            List<VirtualRouterConfig> routers,
            List<SyncGroupConfig> syncGroups,
            List<VrrpScript> scripts,
            List<TrackedFile> trackedFiles,
            List<TrackedProcess> trackedProcesses,
            List<TrackedInterface> trackedInterfaces,
            List<NotifyScript> notifyScripts,
            List<VirtualAddress> staticAddresses,
            int realTimePriority,
            boolean lockedMemory,
            List<VirtualRoute> staticRoutes,
            List<VirtualRule> staticRules,
            List<InterfaceDelays> interfaceDelays,
            boolean scriptSecurity,
            List<ConfigProblem> warnings,
            Map<String, Place> interfacePlaces) {

        Values {
            routers = List.copyOf(routers);
            syncGroups = List.copyOf(syncGroups);
            scripts = List.copyOf(scripts);
            trackedFiles = List.copyOf(trackedFiles);
            trackedProcesses = List.copyOf(trackedProcesses);
            trackedInterfaces = List.copyOf(trackedInterfaces);
            notifyScripts = List.copyOf(notifyScripts);
            staticAddresses = List.copyOf(staticAddresses);
            staticRoutes = List.copyOf(staticRoutes);
            staticRules = List.copyOf(staticRules);
            interfaceDelays = List.copyOf(interfaceDelays);
            warnings = List.copyOf(warnings);
            interfacePlaces = Map.copyOf(interfacePlaces);
        }
    }

    private final Values values;

    KeepalivedConfig(Values values) {
        this.values = values;
    }

    /** Returns the name that the file was read under. */
    public String file() {
        return values.file();
    }

    /** Returns one router per {@code vrrp_instance}, in the order of the file. */
    public List<VirtualRouterConfig> routers() {
        return values.routers();
    }

    /** Returns the groups of two and more routers, whose names are among {@link #routers()}. */
    public List<SyncGroupConfig> syncGroups() {
        return values.syncGroups();
    }

    /**
     * Returns the scripts that at least one router tracks; keepalived runs no others either. A script feeds the trackers of
     * its own name.
     */
    public List<VrrpScript> scripts() {
        return values.scripts();
    }

    /** Returns the files that at least one router tracks; one feeds the trackers {@link TrackedFile#trackerName()}. */
    public List<TrackedFile> trackedFiles() {
        return values.trackedFiles();
    }

    /**
     * Returns the processes that at least one router tracks; one feeds the trackers {@link TrackedProcess#trackerName()}.
     */
    public List<TrackedProcess> trackedProcesses() {
        return values.trackedProcesses();
    }

    /**
     * Returns the interfaces that at least one router tracks; one feeds the trackers {@link
     * TrackedInterface#trackerName()}.
     */
    public List<TrackedInterface> trackedInterfaces() {
        return values.trackedInterfaces();
    }

    /** Returns what is to be run when routers and sync groups change their state, routers first. */
    public List<NotifyScript> notifyScripts() {
        return values.notifyScripts();
    }

    /** Returns the addresses to add at the start that never move; each names its interface. */
    public List<VirtualAddress> staticAddresses() {
        return values.staticAddresses();
    }

    /** Returns the real-time priority of the VRRP thread, 1..99 ({@code vrrp_rt_priority}), or 0 if it has none. */
    public int realTimePriority() {
        return values.realTimePriority();
    }

    /** Returns whether the memory of the process is to stay in RAM ({@code vrrp_no_swap}). */
    public boolean lockedMemory() {
        return values.lockedMemory();
    }

    /** Returns the routes to add at the start that never move. */
    public List<VirtualRoute> staticRoutes() {
        return values.staticRoutes();
    }

    /** Returns the routing rules to add at the start that never move. */
    public List<VirtualRule> staticRules() {
        return values.staticRules();
    }

    /** Returns how long changes of interfaces' links have to last until they count, for those interfaces that have delays. */
    public List<InterfaceDelays> interfaceDelays() {
        return values.interfaceDelays();
    }

    /** Whether a script that others than root can change must not run as root. */
    public boolean scriptSecurity() {
        return values.scriptSecurity();
    }

    /** Returns what is read and has another meaning, or none, here; by file and line. */
    public List<ConfigProblem> warnings() {
        return values.warnings();
    }

    /**
     * Returns a problem with a router's interface that only the host can know, such as its absence.
     *
     * @param router the router's name
     * @param message the sentence
     * @throws IllegalArgumentException when the file has no such router
     */
    public ConfigProblem interfaceProblem(String router, String message) {
        Place place = values.interfacePlaces().get(router);
        if (place == null) {
            throw new IllegalArgumentException(
                    "There is no virtual router '" + router + "' in " + file() + ".");
        }
        return new ConfigProblem(place.file(), place.line(), message);
    }
}

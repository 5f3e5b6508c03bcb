package io.evenkeel.vrrp;

/**
 * An interface besides a router's own whose link feeds trackers (keepalived's {@code track_interface}). The core does not
 * look at it; whoever drives the routers does. The weight is that of the tracker.
 *
 * @param name the name of the interface, 1..15 characters
 */
public record TrackedInterface(String name) {

    /**
     * @throws IllegalArgumentException if no interface can have that name
     */
    public TrackedInterface {
        InterfaceNames.require(name);
    }

    /** The name of the trackers that it feeds: {@code interface eth1}. */
    public String trackerName() {
        return "interface " + name;
    }
}

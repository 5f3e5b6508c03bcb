package io.evenkeel.vrrp;

/**
 * How long a change of an interface's link has to last until it counts (keepalived's {@code interface_up_down_delays}). The core
 * does not look at interfaces; whoever drives the routers does. An interface that is deleted or renamed is down at once.
 *
 * @param interfaceName the name of the interface, 1..15 characters
 * @param downNanos until it counts as down, 0 for at once, at most 255 s
 * @param upNanos until it counts as up, 0 for at once, at most 255 s
 */
public record InterfaceDelays(String interfaceName, long downNanos, long upNanos) {

    private static final long MAX_NANOS = 255_000_000_000L;

    /**
     * @throws IllegalArgumentException if no interface can have that name, or a delay is out of range
     */
    public InterfaceDelays {
        InterfaceNames.require(interfaceName);
        if (downNanos < 0 || downNanos > MAX_NANOS || upNanos < 0 || upNanos > MAX_NANOS) {
            throw new IllegalArgumentException(
                    "The delays of interface " + interfaceName + " must be 0..255 s.");
        }
    }
}

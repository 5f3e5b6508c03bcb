package io.evenkeel.lb;

/**
 * What all frontends of a proxy may take together. What is above it waits in the kernel's queues.
 *
 * @param maxConnections at a time; 0: as many as the process has descriptors for
 * @param maxConnectionRate accepted per second, spread over it; 0: no limit
 */
public record ProxyLimits(int maxConnections, int maxConnectionRate) {
    /** No more is said. */
    public static final ProxyLimits DEFAULT = new ProxyLimits(0, 0);

    /**
     * Checks both.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public ProxyLimits {
        Problems problems = new Problems("limits");
        problems.atLeast("maxConnections", maxConnections, 0);
        problems.atLeast("maxConnectionRate", maxConnectionRate, 0);
        problems.throwIfAny();
    }
}

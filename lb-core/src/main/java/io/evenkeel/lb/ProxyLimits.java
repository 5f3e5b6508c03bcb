package io.evenkeel.lb;

/**
 * What all frontends of a proxy may take together. What is above it waits in the kernel's queues.
 *
 * @param maxConnections at a time; 0: as many as the process has descriptors for
 * @param maxConnectionRate accepted per second, spread over it; 0: no limit
 * @param maxSessionRate the same without those that are rejected as soon as they are accepted: by a rule on their addresses
 *     or a source limit; 0: no limit
 */
public record ProxyLimits(int maxConnections, int maxConnectionRate, int maxSessionRate) {
    /** No more is said. */
    public static final ProxyLimits DEFAULT = new ProxyLimits(0, 0, 0);

    /**
     * Checks them.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public ProxyLimits {
        Problems problems = new Problems("limits");
        problems.atLeast("maxConnections", maxConnections, 0);
        problems.atLeast("maxConnectionRate", maxConnectionRate, 0);
        problems.atLeast("maxSessionRate", maxSessionRate, 0);
        problems.throwIfAny();
    }
}

package io.evenkeel.vrrp.netlink;

/**
 * How late the VRRP thread ran since the service was started.
 *
 * @param count how often it was at least 10 ms late
 * @param maxNanos the longest such delay in nanoseconds, 0 if there was none
 */
public record StallStatistics(long count, long maxNanos) {}

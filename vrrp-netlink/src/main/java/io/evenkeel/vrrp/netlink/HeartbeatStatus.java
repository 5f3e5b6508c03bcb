package io.evenkeel.vrrp.netlink;

import org.jspecify.annotations.Nullable;

/**
 * Who sends the periodic advertisements of a service.
 *
 * @param inKernel whether they are queued in the kernel, which sends them on time also while this JVM is paused
 * @param pauseToleranceNanos how far ahead they are queued, and so how long a pause goes unnoticed; 0 if they are not
 * @param queued advertisements that the kernel has sent
 * @param reason a sentence that says why they are not queued, or null if they are
 */
public record HeartbeatStatus(
        boolean inKernel, long pauseToleranceNanos, long queued, @Nullable String reason) {}

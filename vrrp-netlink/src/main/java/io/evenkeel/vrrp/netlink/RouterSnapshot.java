package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.RouterCounters;
import io.evenkeel.vrrp.VrrpState;

/**
 * One virtual router at one moment.
 *
 * @param name its name in the configuration
 * @param state what it is doing
 * @param priority its effective priority, 0..255
 * @param counters what it has counted
 * @param sendFailures packets that the host refused to send since the start, on the socket that the routers of one interface share
 */
public record RouterSnapshot(
        String name, VrrpState state, int priority, RouterCounters counters, long sendFailures) {}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VrrpEvent;

/** Is told what happens to the routers of a {@link VrrpService}: every event, in order, one at a time. */
@FunctionalInterface
public interface VrrpListener {
    /**
     * Called for each event, never on the VRRP thread. An exception is logged and changes nothing.
     *
     * @param event what happened
     */
    void onEvent(VrrpEvent event);
}

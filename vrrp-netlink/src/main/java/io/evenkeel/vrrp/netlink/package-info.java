/**
 * VRRP on a Linux host. {@link io.evenkeel.vrrp.netlink.VrrpService} runs virtual routers in this JVM: raw sockets,
 * gratuitous ARP and neighbour advertisements on the LAN, addresses through rtnetlink, everything through JNA on one thread. The protocol itself is in {@code
 * io.evenkeel.vrrp}.
 */
@NullMarked
package io.evenkeel.vrrp.netlink;

import org.jspecify.annotations.NullMarked;

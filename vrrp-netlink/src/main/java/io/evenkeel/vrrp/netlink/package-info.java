/** VRRP on Linux. */
@NullMarked
package io.evenkeel.vrrp.netlink;

import org.jspecify.annotations.NullMarked;

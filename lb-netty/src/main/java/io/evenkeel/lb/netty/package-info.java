/** A TCP proxy on Netty. */
@NullMarked
package io.evenkeel.lb.netty;

import org.jspecify.annotations.NullMarked;

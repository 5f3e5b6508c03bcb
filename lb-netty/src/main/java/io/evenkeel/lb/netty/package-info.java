/**
 * A TCP, TLS and UDP proxy on Netty: {@link io.evenkeel.lb.netty.TcpProxy}. What it decides is decided in {@code io.evenkeel.lb}.
 */
@NullMarked
package io.evenkeel.lb.netty;

import org.jspecify.annotations.NullMarked;

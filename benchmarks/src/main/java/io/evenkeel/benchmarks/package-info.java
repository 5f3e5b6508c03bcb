/**
 * JMH benchmarks on the VRRP and forwarding paths and of the choice of a server, other libraries' beside Evenkeel's.
 * {@code benchmarks/jmh} runs them all, with what an operation allocates, and those in {@code io.evenkeel.lb.netty}, which are of what is
 * package-private there.
 */
@NullMarked
package io.evenkeel.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * Measurements of failover on a LAN of network namespaces: real processes of Evenkeel and of keepalived, watched from a third
 * host. {@code benchmarks/failover --help} runs them; {@code docs/failover.md} has the method and the figures.
 */
@NullMarked
package io.evenkeel.benchmarks.failover;

import org.jspecify.annotations.NullMarked;

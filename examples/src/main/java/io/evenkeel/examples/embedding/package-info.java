/**
 * How an application embeds Evenkeel: {@link io.evenkeel.examples.embedding.FloatingAddress VRRP alone}, {@link
 * io.evenkeel.examples.embedding.Balancer the balancer alone}, and {@link
 * io.evenkeel.examples.embedding.FloatingBalancer both}, where the address follows the health of the servers.
 */
@NullMarked
package io.evenkeel.examples.embedding;

import org.jspecify.annotations.NullMarked;

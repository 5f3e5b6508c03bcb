/**
 * JMH benchmarks on the VRRP and forwarding paths. {@code java -jar benchmarks/target/benchmarks.jar} runs them all;
 * {@code -prof gc} shows what an operation allocates.
 */
@NullMarked
package io.evenkeel.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * JMH benchmarks on the VRRP and forwarding paths and of the choice of a server, other libraries' beside Evenkeel's.
 * {@code java -jar benchmarks/target/benchmarks.jar} runs them all; {@code -prof gc} shows what an operation allocates.
 */
@NullMarked
package io.evenkeel.benchmarks;

import org.jspecify.annotations.NullMarked;

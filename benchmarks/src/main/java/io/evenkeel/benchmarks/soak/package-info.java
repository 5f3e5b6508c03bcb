/**
 * The soak: the launcher under churn, flapping servers and changing configurations for as long as one likes, with every byte
 * compared and the memory, descriptors and threads of the process watched.
 */
@NullMarked
package io.evenkeel.benchmarks.soak;

import org.jspecify.annotations.NullMarked;

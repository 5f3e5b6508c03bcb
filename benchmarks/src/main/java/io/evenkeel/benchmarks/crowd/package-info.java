/** Thousands of clients that take their time, for {@code benchmarks/crowd}. */
@NullMarked
package io.evenkeel.benchmarks.crowd;

import org.jspecify.annotations.NullMarked;

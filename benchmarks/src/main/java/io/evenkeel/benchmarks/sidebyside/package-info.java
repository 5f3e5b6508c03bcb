/**
 * Evenkeel beside HAProxy and nginx: the same backends, the same load, in turn. {@code benchmarks/side-by-side --help} runs it; {@code
 * docs/performance.md} has the method and the figures.
 */
@NullMarked
package io.evenkeel.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;

/**
 * Renders {@code docs/performance.md} from the committed results: {@code benchmarks/render}. What measures gives a {@link
 * io.evenkeel.benchmarks.render.Section}; nobody writes figures by hand.
 */
@NullMarked
package io.evenkeel.benchmarks.render;

import org.jspecify.annotations.NullMarked;

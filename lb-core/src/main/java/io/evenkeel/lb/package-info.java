/** Balancing decisions as values. */
@NullMarked
package io.evenkeel.lb;

import org.jspecify.annotations.NullMarked;

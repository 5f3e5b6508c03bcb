/** The log of the {@code evenkeel} command: a line per event on standard error. */
@NullMarked
package io.evenkeel.examples.log;

import org.jspecify.annotations.NullMarked;

/** The evenkeel command and embedding samples. */
@NullMarked
package io.evenkeel.examples;

import org.jspecify.annotations.NullMarked;

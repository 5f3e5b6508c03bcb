/**
 * The {@code evenkeel} command: {@code run}, {@code check}, {@code demo}, {@code doctor} and {@code archive}. It is an application of the four
 * libraries and holds nothing that their users would miss; {@code io.evenkeel.examples.embedding} shows how
 * little an application needs.
 */
@NullMarked
package io.evenkeel.examples;

import org.jspecify.annotations.NullMarked;

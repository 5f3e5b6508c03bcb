/** {@code evenkeel demo}: the main job on one machine, told in steps that are checked as they happen. */
@NullMarked
package io.evenkeel.examples.demo;

import org.jspecify.annotations.NullMarked;

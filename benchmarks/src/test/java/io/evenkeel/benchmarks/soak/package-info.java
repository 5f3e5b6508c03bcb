@NullMarked
package io.evenkeel.benchmarks.soak;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.evenkeel.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;

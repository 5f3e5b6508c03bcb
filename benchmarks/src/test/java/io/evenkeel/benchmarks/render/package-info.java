@NullMarked
package io.evenkeel.benchmarks.render;

import org.jspecify.annotations.NullMarked;

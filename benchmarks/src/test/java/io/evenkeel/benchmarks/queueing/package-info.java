@NullMarked
package io.evenkeel.benchmarks.queueing;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.evenkeel.benchmarks.failover;

import org.jspecify.annotations.NullMarked;

/** What balances do to waiting times when a server is slow, in virtual time. */
@NullMarked
package io.evenkeel.benchmarks.queueing;

import org.jspecify.annotations.NullMarked;

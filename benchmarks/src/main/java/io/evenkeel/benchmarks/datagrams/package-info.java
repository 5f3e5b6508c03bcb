/** What it costs to send datagrams. */
@NullMarked
package io.evenkeel.benchmarks.datagrams;

import org.jspecify.annotations.NullMarked;

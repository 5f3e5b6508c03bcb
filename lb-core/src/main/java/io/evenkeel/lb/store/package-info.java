/**
 * How nodes have the same stick tables through a store that all of them use, such as Redis: what is written there and told to the
 * others, what is taken from there, and when. Entries, messages and times come from outside; there is no socket and no clock here.
 */
@NullMarked
package io.evenkeel.lb.store;

import org.jspecify.annotations.NullMarked;

/** VRRP as a pure state machine. */
@NullMarked
package io.evenkeel.vrrp;

import org.jspecify.annotations.NullMarked;

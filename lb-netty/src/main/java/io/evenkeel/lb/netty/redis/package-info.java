/** Stick tables in Redis or Valkey, by Lettuce; the only package that uses it, since it need not be there. For this module alone. */
@NullMarked
package io.evenkeel.lb.netty.redis;

import org.jspecify.annotations.NullMarked;

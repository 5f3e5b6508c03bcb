/** Which server has which address of its name: decisions about answers of name servers, without a socket or a clock. */
@NullMarked
package io.evenkeel.lb.dns;

import org.jspecify.annotations.NullMarked;

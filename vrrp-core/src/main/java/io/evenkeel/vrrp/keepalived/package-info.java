/**
 * Reads {@code keepalived.conf} into virtual router configurations: text in, values out, every problem with its line.
 *
 * <p>What each directive means here, and how that differs from keepalived, is in {@code docs/keepalived-compatibility.md}.
 */
@NullMarked
package io.evenkeel.vrrp.keepalived;

import org.jspecify.annotations.NullMarked;

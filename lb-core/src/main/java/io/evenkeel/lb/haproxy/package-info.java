/**
 * Reads {@code haproxy.cfg}: text in, a {@link io.evenkeel.lb.ProxyConfig} out, or every problem of
 * the file with its line. Nothing here opens a file, resolves a name or looks at the environment.
 */
@NullMarked
package io.evenkeel.lb.haproxy;

import org.jspecify.annotations.NullMarked;

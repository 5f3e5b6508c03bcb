/** Integration tests: the launcher as separate processes, on a LAN of network namespaces. */
@NullMarked
package io.evenkeel.examples.it;

import org.jspecify.annotations.NullMarked;

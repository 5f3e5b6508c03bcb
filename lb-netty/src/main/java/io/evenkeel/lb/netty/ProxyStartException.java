package io.evenkeel.lb.netty;

import org.jspecify.annotations.Nullable;

/**
 * The proxy cannot listen, not connect to a server as configured, or a server that is to have an address has none. The message is one
 * sentence that names the frontend or the server, the address or the name, and the reason.
 */
public final class ProxyStartException extends Exception {
    private static final long serialVersionUID = 1L;

    ProxyStartException(String message) {
        super(message);
    }

    ProxyStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

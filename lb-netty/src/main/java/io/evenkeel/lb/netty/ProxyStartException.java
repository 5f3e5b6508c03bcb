package io.evenkeel.lb.netty;

import org.jspecify.annotations.Nullable;

/**
 * The proxy has no room for its event loops, cannot listen, not connect to a server as configured, not use the file of a certificate, or
 * a server that is to have an address has none. The message names the frontend, the server or the file, the address or the name, and the reason.
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

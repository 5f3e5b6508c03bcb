package io.evenkeel.lb.netty;

import org.jspecify.annotations.Nullable;

/**
 * The proxy cannot listen, not connect to a server as configured, or not use the file of a certificate. The message names the frontend and the
 * address, or the server, or the file, and the reason.
 */
public final class ProxyStartException extends Exception {
    private static final long serialVersionUID = 1L;

    ProxyStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

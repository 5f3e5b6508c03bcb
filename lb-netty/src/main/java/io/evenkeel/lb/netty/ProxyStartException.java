package io.evenkeel.lb.netty;

import org.jspecify.annotations.Nullable;

/** The proxy cannot listen. The message is one sentence that names the frontend, the address and the reason. */
public final class ProxyStartException extends Exception {
    private static final long serialVersionUID = 1L;

    ProxyStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package io.evenkeel.vrrp.netlink;

import org.jspecify.annotations.Nullable;

/**
 * The host refuses to run the virtual routers. The message is one sentence that names what is missing; nothing was changed on the
 * host.
 */
public final class VrrpStartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String router;

    VrrpStartException(@Nullable String router, String message) {
        super(message);
        this.router = router;
    }

    VrrpStartException(@Nullable String router, String message, Throwable cause) {
        super(message, cause);
        this.router = router;
    }

    /**
     * The virtual router that cannot start.
     *
     * @return its name, or null if it is not about one router
     */
    public @Nullable String router() {
        return router;
    }
}

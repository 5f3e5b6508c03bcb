package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out before anything starts whether the host lets connections to servers be made as configured. */
final class SocketAbilities {
    private SocketAbilities() {}

    /**
     * Tries every way of connecting once.
     *
     * @throws ProxyStartException naming the server and what is missing
     */
    static void require(Transport transport, List<BackendConfig> backends)
            throws ProxyStartException {
        Set<ConnectConfig> tried = new HashSet<>();
        for (BackendConfig backend : backends) {
            for (ServerConfig server : backend.servers()) {
                if (tried.add(server.connect())) {
                    require(transport, backend, server);
                }
            }
        }
    }

    private static void require(Transport transport, BackendConfig backend, ServerConfig server)
            throws ProxyStartException {
        String missing;
        @Nullable IOException cause = null;
        try {
            missing = transport.missing(server.connect());
        } catch (IOException e) {
            missing = e.getMessage();
            cause = e;
        }
        if (missing != null) {
            throw new ProxyStartException(
                    "Server "
                            + server
                            + " of "
                            + backend
                            + " cannot be connected to as configured: "
                            + missing
                            + ".",
                    cause);
        }
    }
}

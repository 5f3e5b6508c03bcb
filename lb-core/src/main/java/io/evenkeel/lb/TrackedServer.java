package io.evenkeel.lb;

import java.util.Objects;

/**
 * A server whose health another server takes over ({@code track}).
 *
 * @param backend the name of its backend
 * @param server its name there
 */
public record TrackedServer(String backend, String server) {
    /** Both parts are required. */
    public TrackedServer {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(server, "server");
    }

    /** {@code backend/server}. */
    @Override
    public String toString() {
        return backend + "/" + server;
    }
}

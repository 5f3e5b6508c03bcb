package io.evenkeel.lb;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which servers take over the health of which others, and whether that leads to one that is checked. */
final class ServerTracking {
    private ServerTracking() {}

    /** Every server that tracks another must lead to one with a check or an agent, and not to itself. */
    static void check(List<BackendConfig> backends, Problems problems) {
        for (BackendConfig backend : backends) {
            for (ServerConfig server : backend.servers()) {
                TrackedServer tracked = server.tracked();
                String wrong = tracked == null ? null : problem(backends, backend, server);
                if (wrong != null) {
                    problems.add(
                            "backend[" + backend.name() + "].server[" + server.name() + "].tracked",
                            wrong);
                }
            }
        }
    }

    private static @Nullable String problem(
            List<BackendConfig> backends, BackendConfig backend, ServerConfig first) {
        Set<TrackedServer> seen = new HashSet<>();
        seen.add(new TrackedServer(backend.name(), first.name()));
        ServerConfig server = first;
        TrackedServer next = server.tracked();
        while (next != null) {
            if (!seen.add(next)) {
                return "is " + first.tracked() + ", which leads back to " + next + "; remove one";
            }
            server = find(backends, next);
            if (server == null) {
                return "is " + next + ", and there is no such server; name another";
            }
            TrackedServer last = next;
            next = server.tracked();
            if (next == null && server.check() == null && server.agent() == null) {
                return "is "
                        + first.tracked()
                        + ", but "
                        + last
                        + " has neither a check nor an agent; give it one";
            }
        }
        return null;
    }

    private static @Nullable ServerConfig find(List<BackendConfig> backends, TrackedServer wanted) {
        for (BackendConfig backend : backends) {
            if (backend.name().equals(wanted.backend())) {
                for (ServerConfig server : backend.servers()) {
                    if (server.name().equals(wanted.server())) {
                        return server;
                    }
                }
            }
        }
        return null;
    }
}

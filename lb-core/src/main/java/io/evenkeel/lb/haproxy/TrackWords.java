package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.TrackedServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks whether what {@code track} names is there and leads to a server that is checked. */
final class TrackWords {
    private final Report report;
    private final List<ProxyDraft> backends;

    TrackWords(Report report, List<ProxyDraft> backends) {
        this.report = report;
        this.backends = backends;
    }

    /** The server that is tracked, or null. */
    static @Nullable TrackedServer tracked(ProxyDraft backend, ProxyDraft.Server server) {
        String text = server.settings().tracked;
        if (text == null) {
            return null;
        }
        int slash = text.indexOf('/');
        return slash < 0
                ? new TrackedServer(backend.name, text)
                : new TrackedServer(text.substring(0, slash), text.substring(slash + 1));
    }

    void check() {
        for (ProxyDraft backend : backends) {
            for (ProxyDraft.Server server : backend.servers) {
                TrackedServer tracked = tracked(backend, server);
                if (tracked != null) {
                    check(backend, server, tracked);
                }
            }
        }
    }

    private void check(ProxyDraft backend, ProxyDraft.Server server, TrackedServer first) {
        String what = "server " + Report.quote(server.name()) + " tracks " + first;
        if (server.settings().check) {
            report.refuse(
                    server.line(), what + " and has a check of its own; remove 'check' or 'track'");
            return;
        }
        Set<TrackedServer> seen = new HashSet<>();
        seen.add(new TrackedServer(backend.name, server.name()));
        TrackedServer next = first;
        while (true) {
            ProxyDraft in = backend(next.backend());
            ProxyDraft.Server found = in == null ? null : server(in, next.server());
            if (in == null || found == null) {
                report.refuse(
                        server.line(),
                        what
                                + ", and there is no "
                                + (in == null
                                        ? "backend " + Report.quote(next.backend())
                                        : "server " + Report.quote(next.server()) + " there")
                                + "; write BACKEND/SERVER");
                return;
            }
            if (!seen.add(next)) {
                report.refuse(
                        server.line(), what + ", which leads back to " + next + "; remove one");
                return;
            }
            TrackedServer further = tracked(in, found);
            if (further == null) {
                if (!found.settings().check && !found.settings().agentCheck) {
                    report.refuse(
                            server.line(),
                            what
                                    + ", but "
                                    + next
                                    + " has neither 'check' nor 'agent-check'; give it one");
                }
                return;
            }
            next = further;
        }
    }

    private @Nullable ProxyDraft backend(String name) {
        for (ProxyDraft backend : backends) {
            if (backend.name.equals(name)) {
                return backend;
            }
        }
        return null;
    }

    private static ProxyDraft.@Nullable Server server(ProxyDraft backend, String name) {
        for (ProxyDraft.Server server : backend.servers) {
            if (server.name().equals(name)) {
                return server;
            }
        }
        return null;
    }
}

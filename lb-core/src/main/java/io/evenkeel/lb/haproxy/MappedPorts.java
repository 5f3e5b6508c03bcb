package io.evenkeel.lb.haproxy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Servers without a port, or with one such as {@code +1000}, have that of the client's connection: it
 * is known here when a backend's frontends listen on one port alone.
 */
final class MappedPorts {
    private final Report report;
    private final List<ProxyDraft> frontends;
    private final List<ProxyDraft> backends;

    MappedPorts(Report report, List<ProxyDraft> frontends, List<ProxyDraft> backends) {
        this.report = report;
        this.frontends = frontends;
        this.backends = backends;
    }

    /** Gives every such server its port, or refuses its line. */
    void resolve() {
        for (ProxyDraft backend : backends) {
            if (backend.servers.stream().anyMatch(ProxyDraft.Server::mapped)) {
                Set<Integer> ports = ports(backend);
                CheckRules checks = backend.settings.checks;
                backend.servers.replaceAll(server -> resolved(server, ports, checks));
            }
        }
    }

    /** The ports of the connections that may reach a backend. */
    private Set<Integer> ports(ProxyDraft backend) {
        Set<Integer> ports = new TreeSet<>();
        for (ProxyDraft frontend : frontends) {
            if (frontend.leadsTo(backend)) {
                frontend.binds.forEach(bind -> ports.add(bind.address().port()));
            }
        }
        return ports;
    }

    private ProxyDraft.Server resolved(
            ProxyDraft.Server server, Set<Integer> ports, CheckRules checks) {
        if (!server.mapped()) {
            return server;
        }
        String difference = server.port() == 0 ? "" : String.format("%+d", server.port());
        if (ports.size() > 1) {
            report.refuse(
                    server.line(),
                    "the server "
                            + Report.quote(server.name())
                            + " has the port of the client's connection"
                            + difference
                            + ", which is one of "
                            + ports
                            + "; write the port, or a backend for each");
            return server.at(1);
        }
        ServerSettings own = server.settings();
        if (own.check && own.checkPort == 0 && !checks.nameAllPorts()) {
            report.refuse(
                    server.line(),
                    "the check of server "
                            + Report.quote(server.name())
                            + " has no port, for the server has none of its own (HAProxy refuses it);"
                            + " write the port of the server, 'port' and a number, or 'port' in each"
                            + " connect rule of its check");
        }
        int port = ports.isEmpty() ? 1 : ports.iterator().next() + server.port();
        if (port < 1 || port > 65_535) {
            report.refuse(
                    server.line(),
                    "the server "
                            + Report.quote(server.name())
                            + " would have the port "
                            + port
                            + "; ports are whole numbers from 1 to 65535");
            return server.at(1);
        }
        return server.at(port);
    }
}

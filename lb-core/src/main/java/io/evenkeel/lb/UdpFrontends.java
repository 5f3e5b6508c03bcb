package io.evenkeel.lb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the UDP frontends of a proxy fit the rest of it. */
final class UdpFrontends {
    private UdpFrontends() {}

    static void check(
            Problems problems,
            List<UdpFrontendConfig> udp,
            List<FrontendConfig> frontends,
            List<BackendConfig> backends) {
        problems.unique(
                "udpFrontend", udp.stream().map(UdpFrontendConfig::name).toList(), "frontend name");
        Map<BindAddress, String> bound = new HashMap<>();
        for (UdpFrontendConfig frontend : udp) {
            String path = "udpFrontend[" + frontend.name() + "]";
            if (frontends.stream().anyMatch(other -> other.name().equals(frontend.name()))) {
                problems.add(path, "a frontend of that name is there already; rename one");
            }
            for (BindAddress bind : frontend.binds()) {
                String other = bind.port() == 0 ? null : bound.put(bind, frontend.name());
                if (other != null) {
                    problems.add(
                            path + ".bind[" + bind + "]",
                            "udp frontend '"
                                    + other
                                    + "' receives there already; remove one of the two");
                }
            }
            backends.stream()
                    .filter(backend -> backend.name().equals(frontend.backend()))
                    .forEach(backend -> check(problems, path, frontend, backend));
        }
    }

    /** What only connections can have is told, rather than left out in silence. */
    private static void check(
            Problems problems, String path, UdpFrontendConfig frontend, BackendConfig backend) {
        String its = "backend '" + backend.name() + "' ";
        BalanceKey key = backend.balance().key();
        if (key == BalanceKey.SERVER_NAME || key == BalanceKey.HOST) {
            problems.add(
                    path + ".backend",
                    its
                            + "balances by a name, which datagrams do not have; balance by another key");
        }
        if (frontend.datagramKey() != null && !backend.balance().isDeterministic()) {
            problems.add(
                    path + ".datagramKey",
                    its + "balances without a key; give it a balance by a hash, or remove the key");
        }
        if (!backend.stickiness().rules().isEmpty()) {
            problems.add(
                    path + ".backend",
                    its
                            + "has stick rules, which datagrams do not follow; balance by a hash of"
                            + " the source");
        }
        for (ServerConfig server : backend.servers()) {
            if (server.proxyHeader() != null) {
                problems.add(
                        path + ".backend",
                        its
                                + "sends a PROXY header to server '"
                                + server.name()
                                + "', which datagrams do not carry; remove it");
            }
            if (server.tls() != null) {
                problems.add(
                        path + ".backend",
                        its
                                + "speaks TLS to server '"
                                + server.name()
                                + "', which needs a connection; remove it");
            }
        }
    }
}

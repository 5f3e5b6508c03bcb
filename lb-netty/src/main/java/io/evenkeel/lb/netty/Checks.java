package io.evenkeel.lb.netty;

import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HealthCheck;
import io.evenkeel.lb.Server;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The health checks of a proxy, spread over its event loops. */
final class Checks {
    private final List<ServerCheck> checks = new ArrayList<>();

    Checks(
            List<LoopContext> contexts,
            List<Upstream> upstreams,
            ServerAddresses addresses,
            ByteBufAllocator allocator) {
        CheckTls tls = new CheckTls();
        for (Upstream upstream : upstreams) {
            for (Server server : upstream.backend().servers()) {
                CheckConfig config = server.config().check();
                if (config != null) {
                    LoopContext context = contexts.get(checks.size() % contexts.size());
                    ServerCheck check =
                            new ServerCheck(
                                    context,
                                    upstream.backend(),
                                    server,
                                    new HealthCheck(config, new SplittableRandom()),
                                    addresses,
                                    config.tls() ? tls.context(config.verifyCertificate()) : null,
                                    allocator);
                    checks.add(check);
                    upstream.onErrors(server, check::onErrors);
                }
            }
        }
    }

    /** The hosts that checks go to instead of the server's own. */
    static Set<String> hosts(List<Upstream> upstreams) {
        Set<String> hosts = new LinkedHashSet<>();
        for (Upstream upstream : upstreams) {
            for (Server server : upstream.backend().servers()) {
                CheckConfig config = server.config().check();
                String host = config == null ? null : config.host();
                if (host != null) {
                    hosts.add(host);
                }
            }
        }
        return hosts;
    }

    void start() {
        for (int i = 0; i < checks.size(); i++) {
            checks.get(i).start(i, checks.size());
        }
    }

    /** The checks of that loop end with their connections; on the loop. */
    void stop(LoopContext context) {
        for (ServerCheck check : checks) {
            if (check.context() == context) {
                check.stop();
            }
        }
    }
}

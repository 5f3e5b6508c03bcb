package io.evenkeel.lb.netty;

import io.evenkeel.lb.AgentCheck;
import io.evenkeel.lb.AgentConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HealthCheck;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.TcpCheck;
import io.evenkeel.lb.TcpCheckStep;
import io.evenkeel.lb.TcpConnect;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The health checks and the agents of a proxy, spread over its event loops. */
final class Checks {
    private final List<ServerCheck> checks = new ArrayList<>();
    private final List<ServerAgent> agents = new ArrayList<>();

    Checks(
            List<LoopContext> contexts,
            List<Upstream> upstreams,
            ServerAddresses addresses,
            ByteBufAllocator allocator) {
        CheckTls tls = new CheckTls();
        for (Upstream upstream : upstreams) {
            TcpCheck script = upstream.backend().config().tcpCheck();
            for (Server server : upstream.backend().servers()) {
                CheckConfig config = server.config().check();
                if (config != null) {
                    ServerCheck check =
                            new ServerCheck(
                                    contexts.get(checks.size() % contexts.size()),
                                    upstream,
                                    server,
                                    new HealthCheck(config, new SplittableRandom()),
                                    addresses,
                                    usesTls(config, script)
                                            ? tls.context(config.verifyCertificate())
                                            : null,
                                    allocator);
                    checks.add(check);
                    upstream.onErrors(server, check::onErrors);
                }
                AgentConfig agent = server.config().agent();
                if (agent != null) {
                    agents.add(
                            new ServerAgent(
                                    contexts.get(agents.size() % contexts.size()),
                                    upstream.backend(),
                                    server,
                                    new AgentCheck(agent, new SplittableRandom()),
                                    addresses,
                                    allocator));
                }
            }
        }
    }

    private static boolean usesTls(CheckConfig config, @Nullable TcpCheck script) {
        if (script == null) {
            return config.tls();
        }
        for (TcpCheckStep step : script.steps()) {
            if (step instanceof TcpConnect connect && connect.isTls(config)) {
                return true;
            }
        }
        return false;
    }

    /** The hosts that checks and questions go to instead of the server's own. */
    static Set<String> hosts(List<Upstream> upstreams) {
        Set<String> hosts = new LinkedHashSet<>();
        for (Upstream upstream : upstreams) {
            TcpCheck script = upstream.backend().config().tcpCheck();
            if (script != null) {
                for (TcpCheckStep step : script.steps()) {
                    add(hosts, step instanceof TcpConnect connect ? connect.host() : null);
                }
            }
            for (Server server : upstream.backend().servers()) {
                CheckConfig config = server.config().check();
                add(hosts, config == null ? null : config.host());
                AgentConfig agent = server.config().agent();
                add(hosts, agent == null ? null : agent.host());
            }
        }
        return hosts;
    }

    private static void add(Set<String> hosts, @Nullable String host) {
        if (host != null) {
            hosts.add(host);
        }
    }

    void start() {
        for (int i = 0; i < checks.size(); i++) {
            checks.get(i).start(i, checks.size());
        }
        for (int i = 0; i < agents.size(); i++) {
            agents.get(i).start(i, agents.size());
        }
    }

    /** The checks of that loop end with their connections; on the loop. */
    void stop(LoopContext context) {
        for (ServerCheck check : checks) {
            if (check.context() == context) {
                check.stop();
            }
        }
        for (ServerAgent agent : agents) {
            if (agent.context() == context) {
                agent.stop();
            }
        }
    }
}

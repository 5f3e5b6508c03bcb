package io.evenkeel.lb.netty;

import io.evenkeel.lb.AgentCheck;
import io.evenkeel.lb.AgentConfig;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HealthCheck;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.TcpCheck;
import io.evenkeel.lb.TcpCheckStep;
import io.evenkeel.lb.TcpConnect;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The health checks and the agents of a proxy, spread over its event loops. Not thread-safe. */
final class Checks {
    private final List<LoopContext> contexts;
    private final ServerAddresses addresses;
    private final ByteBufAllocator allocator;
    private final CheckTls tls = new CheckTls();
    private final Map<Server, ServerCheck> checks = new IdentityHashMap<>();
    private final Map<Server, ServerAgent> agents = new IdentityHashMap<>();
    private int started;
    private int slowness = 1;

    Checks(List<LoopContext> contexts, ServerAddresses addresses, ByteBufAllocator allocator) {
        this.contexts = contexts;
        this.addresses = addresses;
        this.allocator = allocator;
    }

    /**
     * Checks the servers of these backends and no others. A check that goes on keeps what it knows; those that are new are spread over their
     * interval.
     */
    void follow(List<Upstream> upstreams) {
        Map<Server, ServerCheck> checksBefore = new IdentityHashMap<>(checks);
        Map<Server, ServerAgent> agentsBefore = new IdentityHashMap<>(agents);
        checks.clear();
        agents.clear();
        List<ServerCheck> newChecks = new ArrayList<>();
        List<ServerAgent> newAgents = new ArrayList<>();
        for (Upstream upstream : upstreams) {
            for (Server server : upstream.backend().servers()) {
                CheckConfig check = server.config().check();
                if (check != null) {
                    check(upstream, server, check, checksBefore.remove(server), newChecks);
                }
                AgentConfig agent = server.config().agent();
                if (agent != null) {
                    ask(upstream, server, agent, agentsBefore, newAgents);
                }
            }
        }
        checksBefore.values().forEach(ServerCheck::end);
        agentsBefore.values().forEach(ServerAgent::end);
        for (int i = 0; i < newChecks.size(); i++) {
            newChecks.get(i).start(i, newChecks.size());
            if (slowness != 1) {
                newChecks.get(i).slowDown(slowness);
            }
        }
        for (int i = 0; i < newAgents.size(); i++) {
            newAgents.get(i).start(i, newAgents.size());
        }
    }

    /** Makes the checks of servers whose health is settled rarer. */
    void slowDown(int factor) {
        slowness = factor;
        checks.values().forEach(check -> check.slowDown(factor));
    }

    private void check(
            Upstream upstream,
            Server server,
            CheckConfig config,
            @Nullable ServerCheck before,
            List<ServerCheck> added) {
        SslContext context =
                server.config().tls() == null
                                && usesTls(config, upstream.backend().config().tcpCheck())
                        ? tls.context(config.verifyCertificate())
                        : null;
        if (before != null) {
            before.reconfigure(config, context);
            checks.put(server, before);
            return;
        }
        ServerCheck check =
                new ServerCheck(
                        nextContext(),
                        upstream,
                        server,
                        new HealthCheck(config, new SplittableRandom()),
                        addresses,
                        context,
                        allocator);
        checks.put(server, check);
        added.add(check);
        upstream.follow(server, check);
    }

    private void ask(
            Upstream upstream,
            Server server,
            AgentConfig config,
            Map<Server, ServerAgent> before,
            List<ServerAgent> added) {
        ServerAgent same = before.get(server);
        if (same != null && same.config().equals(config)) {
            before.remove(server);
            agents.put(server, same);
            return;
        }
        ServerAgent agent =
                new ServerAgent(
                        nextContext(),
                        upstream.backend(),
                        server,
                        new AgentCheck(config, new SplittableRandom()),
                        addresses,
                        allocator);
        agents.put(server, agent);
        added.add(agent);
    }

    private LoopContext nextContext() {
        return contexts.get(Math.floorMod(started++, contexts.size()));
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
    static Set<String> hosts(List<BackendConfig> backends) {
        Set<String> hosts = new LinkedHashSet<>();
        for (BackendConfig backend : backends) {
            TcpCheck script = backend.tcpCheck();
            if (script != null) {
                for (TcpCheckStep step : script.steps()) {
                    add(hosts, step instanceof TcpConnect connect ? connect.host() : null);
                }
            }
            for (ServerConfig server : backend.servers()) {
                CheckConfig config = server.check();
                add(hosts, config == null ? null : config.host());
                AgentConfig agent = server.agent();
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

    /** The checks of that loop end with their connections; on the loop. */
    void stop(LoopContext context) {
        for (ServerCheck check : checks.values()) {
            if (check.context() == context) {
                check.stop();
            }
        }
        for (ServerAgent agent : agents.values()) {
            if (agent.context() == context) {
                agent.stop();
            }
        }
    }
}

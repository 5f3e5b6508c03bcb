package io.evenkeel.lb.netty;

import io.evenkeel.lb.AgentCheck;
import io.evenkeel.lb.AgentConfig;
import io.evenkeel.lb.AgentReply;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.Server;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the agent of one server again and again, on one event loop, and has its backend do what it says. */
final class ServerAgent {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerAgent.class);

    private final LoopContext context;
    private final Backend backend;
    private final Server server;
    private final AgentCheck machine;
    private final ServerAddresses addresses;
    private final ByteBufAllocator allocator;
    private @Nullable AgentQuestion question;
    private @Nullable String problem;
    private boolean stopped;

    ServerAgent(
            LoopContext context,
            Backend backend,
            Server server,
            AgentCheck machine,
            ServerAddresses addresses,
            ByteBufAllocator allocator) {
        this.context = context;
        this.backend = backend;
        this.server = server;
        this.machine = machine;
        this.addresses = addresses;
        this.allocator = allocator;
    }

    LoopContext context() {
        return context;
    }

    AgentConfig config() {
        return machine.config();
    }

    void start(int position, int count) {
        machine.start(System.nanoTime(), position, count);
        scheduleNext();
    }

    /** On the loop: no answer counts any more, and no connection stays. */
    void stop() {
        stopped = true;
        AgentQuestion running = question;
        if (running != null) {
            running.close();
        }
        if (server.isAgentDown() && server.config().agent() == null) {
            // An answer has come after the configuration without an agent: nobody would take it
            // back.
            backend.setAgentDown(server, false, "it has no agent any more", System.nanoTime());
        }
    }

    /** It is asked no more; from any thread. */
    void end() {
        context.loop().execute(this::stop);
    }

    private void scheduleNext() {
        long delayNanos = Math.max(0, machine.nextCheckNanos() - System.nanoTime());
        context.loop().schedule(this::ask, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void ask() {
        if (stopped) {
            return;
        }
        AgentConfig config = machine.config();
        String host = Objects.requireNonNullElse(config.host(), server.config().host());
        InetSocketAddress address = addresses.find(server, host, config.port());
        if (address == null) {
            onAnswer(null);
            return;
        }
        AgentQuestion started =
                new AgentQuestion(
                        context,
                        allocator,
                        CheckTimeouts.of(backend.config(), config.interNanos()),
                        CheckTarget.plain(address).from(server.config().connect().source()),
                        config.send(),
                        this::onAnswer);
        question = started;
        started.start();
    }

    private void onAnswer(@Nullable String line) {
        if (stopped) {
            return;
        }
        try {
            if (line == null) {
                machine.onSilence(System.nanoTime());
            } else {
                log(machine.onLine(line, backend, server, System.nanoTime()));
            }
        } catch (Throwable e) {
            LOGGER.warn(
                    "An observer of backend {} failed when the agent of server {} spoke; it is asked"
                            + " again.",
                    backend.name(),
                    server.name(),
                    e);
        }
        scheduleNext();
    }

    /** Each mistake of an agent once, and not with every answer. */
    private void log(AgentReply reply) {
        String found = reply.problem();
        if (found != null && !found.equals(problem)) {
            LOGGER.warn(
                    "The agent of server {} of backend {} says {}, which is no word of agents; the"
                            + " rest of its line counts.",
                    server.name(),
                    backend.name(),
                    found);
        }
        problem = found;
    }
}

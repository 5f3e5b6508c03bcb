package io.evenkeel.lb.netty;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.CheckResult;
import io.evenkeel.lb.CheckStatus;
import io.evenkeel.lb.HealthCheck;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.TcpCheck;
import io.evenkeel.lb.TcpCheckRun;
import io.evenkeel.lb.TcpConnect;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks one server again and again, on one event loop, and tells its backend what follows. */
final class ServerCheck {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerCheck.class);

    private final LoopContext context;
    private final Upstream upstream;
    private final Backend backend;
    private final Server server;
    private HealthCheck machine;
    private final ServerAddresses addresses;
    private @Nullable SslContext tls;
    private final ByteBufAllocator allocator;
    // The machine wants times that are not negative; System.nanoTime() may be.
    private final long originNanos = System.nanoTime();
    private @Nullable RunningCheck attempt;
    private @Nullable ScheduledFuture<?> next;
    private boolean stopped;

    /** Which of the server's addresses is checked, see {@link Server#addressChanges()}. */
    private int checkedAddress;

    ServerCheck(
            LoopContext context,
            Upstream upstream,
            Server server,
            HealthCheck machine,
            ServerAddresses addresses,
            @Nullable SslContext tls,
            ByteBufAllocator allocator) {
        this.context = context;
        this.upstream = upstream;
        backend = upstream.backend();
        this.server = server;
        this.machine = machine;
        this.addresses = addresses;
        this.tls = tls;
        this.allocator = allocator;
    }

    /** From any thread. */
    void start(int position, int count) {
        context.loop()
                .execute(
                        () -> {
                            // Where its address was found in the meantime, it runs already.
                            if (!stopped && next == null) {
                                machine.start(nowNanos(), position, count);
                                scheduleNext();
                            }
                        });
    }

    /** Checks otherwise from now on, and knows what it knew; from any thread. */
    void reconfigure(CheckConfig config, @Nullable SslContext context) {
        context()
                .loop()
                .execute(
                        () -> {
                            tls = context;
                            if (!config.equals(machine.config())) {
                                machine = machine.reconfigured(config, nowNanos());
                                advance();
                            }
                        });
    }

    /** From any thread. */
    void slowDown(int factor) {
        context.loop()
                .execute(
                        () -> {
                            machine.slowDown(factor, nowNanos());
                            advance();
                        });
    }

    /** The server is no longer one of the proxy's; from any thread. */
    void end() {
        upstream.forgetCheck(server);
        context.loop().execute(this::stop);
    }

    /** On the loop: no result counts any more, and no connection stays. */
    void stop() {
        stopped = true;
        ScheduledFuture<?> scheduled = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        RunningCheck running = attempt;
        if (running != null) {
            running.close();
        }
    }

    LoopContext context() {
        return context;
    }

    private long nowNanos() {
        return System.nanoTime() - originNanos;
    }

    private void scheduleNext() {
        next =
                context.loop()
                        .schedule(
                                this::check,
                                Math.max(0, machine.nextCheckNanos() - nowNanos()),
                                TimeUnit.NANOSECONDS);
    }

    /** Too many connects in a row failed; from any thread. */
    void onErrors() {
        context.loop()
                .execute(
                        () -> {
                            if (!stopped) {
                                tell(machine.onErrors(nowNanos()));
                                advance();
                            }
                        });
    }

    /** The server is at another address, or has none; from any thread. */
    void onAddressChange(String cause) {
        LoopPost.offer(context.loop(), () -> restart(cause));
    }

    private void restart(String cause) {
        if (stopped) {
            return;
        }
        RunningCheck running = attempt;
        attempt = null;
        if (running != null) {
            running.close();
        }
        ScheduledFuture<?> scheduled = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        tell(machine.restart(cause, nowNanos()));
        scheduleNext();
    }

    /** Unless a check is under way, the next one may be due sooner now. */
    private void advance() {
        ScheduledFuture<?> scheduled = next;
        if (scheduled != null && scheduled.cancel(false)) {
            scheduleNext();
        }
    }

    private void check() {
        if (stopped) {
            return;
        }
        if (server.adminState() == AdminState.MAINTENANCE || !server.isResolved()) {
            tell(machine.suspend(nowNanos()));
            scheduleNext();
            return;
        }
        RunningCheck before = attempt;
        if (before != null) {
            before.close();
        }
        checkedAddress = server.addressChanges();
        TcpCheck script = backend.config().tcpCheck();
        RunningCheck started = script == null ? plain() : scripted(script);
        attempt = started;
        if (started == null) {
            onResult(
                    new CheckResult(
                            CheckStatus.SOCKERR, "the name " + host() + " has no address for it"));
        } else {
            started.start();
        }
    }

    private String host() {
        return TcpConnect.USUAL.host(server.config(), machine.config());
    }

    /** A connect or a request of HTTP; null as long as the server's name has not been found. */
    private @Nullable RunningCheck plain() {
        CheckConfig config = machine.config();
        InetSocketAddress address =
                addresses.find(server, host(), TcpConnect.USUAL.port(server.config(), config));
        return address == null
                ? null
                : new CheckAttempt(
                        context,
                        allocator,
                        CheckTimeouts.of(backend.config(), config.interNanos()),
                        CheckTarget.of(
                                        host(),
                                        address,
                                        config,
                                        tls,
                                        server.config().tls(),
                                        backend.config().httpCheck())
                                .from(server.config().connect().source()),
                        this::onResult);
    }

    private RunningCheck scripted(TcpCheck script) {
        CheckConfig config = machine.config();
        return new ScriptedCheck(
                context,
                allocator,
                CheckTimeouts.of(backend.config(), config.interNanos()),
                new TcpCheckRun(script, config),
                this::target,
                this::onResult);
    }

    private @Nullable CheckTarget target(TcpConnect connect) {
        CheckConfig config = machine.config();
        String host = connect.host(server.config(), config);
        InetSocketAddress address =
                addresses.find(server, host, connect.port(server.config(), config));
        return address == null
                ? null
                : CheckTarget.of(host, address, connect, config, tls, server.config().tls())
                        .from(server.config().connect().source());
    }

    private void onResult(CheckResult result) {
        if (stopped) {
            return;
        }
        if (checkedAddress != server.addressChanges()) {
            // It says nothing about where the server is now.
            scheduleNext();
            return;
        }
        tell(machine.onResult(result, nowNanos()));
        if (result.passed() || result.failed()) {
            upstream.onCheck(server, result.passed());
        }
        scheduleNext();
    }

    private void tell(@Nullable HealthTransition transition) {
        if (transition != null) {
            try {
                backend.apply(server, transition, System.nanoTime());
            } catch (Throwable e) {
                LOGGER.warn(
                        "An observer of backend {} failed when server {} changed; checks go on.",
                        backend.name(),
                        server.name(),
                        e);
            }
        }
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.CheckResult;
import io.evenkeel.lb.CheckStatus;
import io.evenkeel.lb.HealthCheck;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
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
    private final Backend backend;
    private final Server server;
    private final HealthCheck machine;
    private final ServerAddresses addresses;
    private final @Nullable SslContext tls;
    private final ByteBufAllocator allocator;
    // The machine wants times that are not negative; System.nanoTime() may be.
    private final long originNanos = System.nanoTime();
    private @Nullable CheckAttempt attempt;
    private @Nullable ScheduledFuture<?> next;
    private boolean stopped;

    ServerCheck(
            LoopContext context,
            Backend backend,
            Server server,
            HealthCheck machine,
            ServerAddresses addresses,
            @Nullable SslContext tls,
            ByteBufAllocator allocator) {
        this.context = context;
        this.backend = backend;
        this.server = server;
        this.machine = machine;
        this.addresses = addresses;
        this.tls = tls;
        this.allocator = allocator;
    }

    void start(int position, int count) {
        machine.start(nowNanos(), position, count);
        scheduleNext();
    }

    /** On the loop: no result counts any more, and no connection stays. */
    void stop() {
        stopped = true;
        CheckAttempt running = attempt;
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
        if (server.adminState() == AdminState.MAINTENANCE) {
            tell(machine.suspend(nowNanos()));
            scheduleNext();
            return;
        }
        CheckConfig config = machine.config();
        String checkHost = config.host();
        String host = checkHost == null ? server.config().host() : checkHost;
        int port = config.port() == 0 ? server.config().port() : config.port();
        InetSocketAddress address =
                addresses.find(host, port, checkHost == null ? server.config().addressNumber() : 0);
        if (address == null) {
            onResult(
                    new CheckResult(
                            CheckStatus.SOCKERR, "the name " + host + " has no address for it"));
            return;
        }
        CheckAttempt before = attempt;
        if (before != null) {
            before.close();
        }
        CheckAttempt started =
                new CheckAttempt(
                        context,
                        allocator,
                        CheckTimeouts.of(backend.config(), config),
                        CheckTarget.of(host, address, config, tls, backend.config().httpCheck()),
                        this::onResult);
        attempt = started;
        started.start();
    }

    private void onResult(CheckResult result) {
        if (stopped) {
            return;
        }
        tell(machine.onResult(result, nowNanos()));
        scheduleNext();
    }

    private void tell(@Nullable HealthTransition transition) {
        if (transition != null) {
            try {
                backend.apply(server, transition, System.nanoTime());
            } catch (RuntimeException e) {
                LOGGER.warn(
                        "An observer of backend {} failed when server {} changed; checks go on.",
                        backend.name(),
                        server.name(),
                        e);
            }
        }
    }
}

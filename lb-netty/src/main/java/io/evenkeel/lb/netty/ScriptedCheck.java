package io.evenkeel.lb.netty;

import io.evenkeel.lb.CheckResult;
import io.evenkeel.lb.CheckStatus;
import io.evenkeel.lb.TcpCheckAction;
import io.evenkeel.lb.TcpCheckRun;
import io.evenkeel.lb.TcpConnect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of the steps of a TCP check against one server. On one loop; ends exactly once. */
final class ScriptedCheck implements RunningCheck, CheckSocket.Listener {
    private final LoopContext context;
    private final ByteBufAllocator allocator;
    private final CheckTimeouts timeouts;
    private final TcpCheckRun run;
    private final Function<TcpConnect, @Nullable CheckTarget> targets;
    private final Consumer<CheckResult> onResult;
    private final CheckTimer timer;
    private @Nullable CheckSocket socket;
    private boolean exchanged;
    private boolean started;
    private boolean done;

    /**
     * @param targets where a connect leads to, or null as long as a name has not been found
     */
    ScriptedCheck(
            LoopContext context,
            ByteBufAllocator allocator,
            CheckTimeouts timeouts,
            TcpCheckRun run,
            Function<TcpConnect, @Nullable CheckTarget> targets,
            Consumer<CheckResult> onResult) {
        this.context = context;
        this.allocator = allocator;
        this.timeouts = timeouts;
        this.run = run;
        this.targets = targets;
        this.onResult = onResult;
        timer = new CheckTimer(context.loop(), this::onTimeout);
    }

    @Override
    public void start() {
        proceed();
    }

    /** As far as it goes without the server. */
    private void proceed() {
        while (!done) {
            TcpCheckAction action = run.next();
            if (action instanceof TcpCheckAction.Open open) {
                connect(open.connect());
                return;
            } else if (action instanceof TcpCheckAction.Send send) {
                exchanged = true;
                CheckSocket open = socket;
                if (open != null) {
                    open.send(send.send().bytes());
                }
            } else if (action instanceof TcpCheckAction.Finish finish) {
                end(finish.result(), !exchanged);
            } else {
                exchanged = true;
                return;
            }
        }
    }

    private void connect(TcpConnect step) {
        closeSocket(!exchanged);
        CheckTarget target = targets.apply(step);
        if (target == null) {
            end(run.failed(CheckStatus.SOCKERR, "the name of the server has not been found"), true);
            return;
        }
        // Once connected, it is ended in order if its step says so, or after an exchange.
        exchanged = step.linger();
        if (!started || timeouts.exchangeNanos() > 0) {
            timer.arm(timeouts.connectNanos());
        }
        started = true;
        CheckSocket opened = new CheckSocket(context, allocator, target, this);
        socket = opened;
        opened.open();
    }

    @Override
    public void onConnected() {
        if (timeouts.exchangeNanos() > 0) {
            timer.arm(timeouts.exchangeNanos());
        }
    }

    @Override
    public void onOpen() {
        proceed();
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        run.onBytes(bytes.nioBuffer());
        proceed();
    }

    @Override
    public void onClosed() {
        run.onClosed();
        proceed();
    }

    @Override
    public void onFailure(CheckStatus status, String reason) {
        end(run.failed(status, reason), true);
    }

    private void onTimeout() {
        CheckSocket open = socket;
        end(run.timedOut(open == null ? CheckStatus.L4TOUT : open.timeoutStatus()), true);
    }

    private void end(CheckResult result, boolean reset) {
        if (!done) {
            done = true;
            timer.cancel();
            closeSocket(reset);
            onResult.accept(result);
        }
    }

    private void closeSocket(boolean reset) {
        CheckSocket open = socket;
        if (open != null) {
            socket = null;
            open.close(reset);
        }
    }

    @Override
    public void close() {
        done = true;
        timer.cancel();
        closeSocket(true);
    }
}

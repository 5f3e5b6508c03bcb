package io.evenkeel.lb.netty;

import io.evenkeel.lb.CheckResult;
import io.evenkeel.lb.CheckStatus;
import io.evenkeel.lb.HttpCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

/** One check of one server: connect, shake hands, and, of HTTP, ask and read the status line. On one loop; ends exactly once. */
final class CheckAttempt implements RunningCheck, CheckSocket.Listener {
    /** Of the answer after its status line, this much is read so that the server is not cut short by RST. */
    private static final int MAX_DISCARDED_BYTES = 64 * 1024;

    private final CheckTimeouts timeouts;
    private final CheckTarget target;
    private final Consumer<CheckResult> onResult;
    private final StatusLine statusLine = new StatusLine();
    private final CheckSocket socket;
    private final CheckTimer timer;
    private CheckStatus ifClosed;
    private boolean asked;
    private boolean done;
    private int discardedBytes;

    CheckAttempt(
            LoopContext context,
            ByteBufAllocator allocator,
            CheckTimeouts timeouts,
            CheckTarget target,
            Consumer<CheckResult> onResult) {
        this.timeouts = timeouts;
        this.target = target;
        this.onResult = onResult;
        socket = new CheckSocket(context, allocator, target, this);
        timer = new CheckTimer(context.loop(), this::onTimeout);
        ifClosed = target.tls() == null ? CheckStatus.L7RSP : CheckStatus.L6RSP;
    }

    @Override
    public void start() {
        timer.arm(timeouts.connectNanos());
        socket.open();
    }

    @Override
    public void onConnected() {
        if (timeouts.exchangeNanos() > 0) {
            timer.arm(timeouts.exchangeNanos());
        }
    }

    @Override
    public void onOpen() {
        HttpCheck http = target.http();
        if (http == null) {
            end(CheckResult.of(target.tls() == null ? CheckStatus.L4OK : CheckStatus.L6OK));
        } else {
            asked = true;
            ifClosed = CheckStatus.L7RSP;
            socket.send(CheckTarget.request(http, target.address()));
        }
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        if (done) {
            discardedBytes += bytes.readableBytes();
            if (discardedBytes > MAX_DISCARDED_BYTES) {
                close();
            }
            return;
        }
        while (bytes.isReadable() && statusLine.accept(bytes.readByte())) {
            // Until the line ends.
        }
        if (statusLine.isComplete() || statusLine.isTooLong()) {
            tell(judge());
        }
    }

    private CheckResult judge() {
        int code = statusLine.code();
        HttpCheck http = target.http();
        if (code < 0 || http == null) {
            return new CheckResult(
                    CheckStatus.L7RSP, "not an HTTP status line: " + statusLine.excerpt());
        }
        if (code == 404 && http.disableOn404()) {
            return new CheckResult(CheckStatus.L7OKC, "404");
        }
        boolean passed = http.expectedStatus().matches(code);
        return new CheckResult(
                passed ? CheckStatus.L7OK : CheckStatus.L7STS, Integer.toString(code));
    }

    @Override
    public void onClosed() {
        end(new CheckResult(ifClosed, "the server closed the connection before it answered"));
    }

    @Override
    public void onFailure(CheckStatus status, String reason) {
        end(new CheckResult(status, reason));
    }

    private void onTimeout() {
        if (!done) {
            tell(CheckResult.of(socket.timeoutStatus()));
            socket.close(true);
        }
        close();
    }

    /** Tells the result; the connection stays until the server has closed it, or the time is up. */
    private void tell(CheckResult result) {
        done = true;
        onResult.accept(result);
    }

    private void end(CheckResult result) {
        if (!done) {
            tell(result);
        }
        close();
    }

    @Override
    public void close() {
        done = true;
        timer.cancel();
        // A bare connect is ended by RST, which costs neither side a port in TIME_WAIT; an exchange
        // in order.
        socket.close(!asked);
    }
}

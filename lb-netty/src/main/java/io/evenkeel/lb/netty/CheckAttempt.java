package io.evenkeel.lb.netty;

import io.evenkeel.lb.CheckResult;
import io.evenkeel.lb.CheckStatus;
import io.evenkeel.lb.ExpectedStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.BindException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One check of one server: connect, shake hands, ask, read the status line. On one loop; ends exactly once. */
final class CheckAttempt extends SimpleChannelInboundHandler<ByteBuf> {
    /** Of the answer after its status line, this much is read so that the server is not cut short by RST. */
    private static final int MAX_DISCARDED_BYTES = 64 * 1024;

    private final LoopContext context;
    private final ByteBufAllocator allocator;
    private final CheckTimeouts timeouts;
    private final CheckTarget target;
    private final Consumer<CheckResult> onResult;
    private final StatusLine statusLine = new StatusLine();

    private CheckStatus ifTimedOut = CheckStatus.L4TOUT;
    private CheckStatus ifBroken = CheckStatus.L4CON;
    private @Nullable Channel channel;
    private @Nullable ScheduledFuture<?> timer;
    private boolean done;
    private int discardedBytes;

    CheckAttempt(
            LoopContext context,
            ByteBufAllocator allocator,
            CheckTimeouts timeouts,
            CheckTarget target,
            Consumer<CheckResult> onResult) {
        this.context = context;
        this.allocator = allocator;
        this.timeouts = timeouts;
        this.target = target;
        this.onResult = onResult;
    }

    void start() {
        arm(timeouts.connectNanos());
        ChannelFuture connect =
                new Bootstrap()
                        .group(context.loop())
                        .channel(context.transport().channelType())
                        .option(ChannelOption.ALLOCATOR, allocator)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(4096))
                        // The timer of this check is the only one.
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel made) {
                                        channel = made;
                                        made.config().setOption(ChannelOption.SO_LINGER, 0);
                                    }
                                })
                        .connect(target.address());
        connect.addListener(
                future -> {
                    if (future.isSuccess()) {
                        onConnected(connect.channel());
                    } else {
                        onConnectFailed(future.cause());
                    }
                });
    }

    private void onConnectFailed(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        boolean ours =
                cause instanceof ChannelException
                        || cause instanceof BindException
                        || message.contains("assign requested address");
        // Netty puts the system call in front of what people want to read.
        String reason =
                message.replaceFirst("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", "");
        end(new CheckResult(ours ? CheckStatus.SOCKERR : CheckStatus.L4CON, shorten(reason)));
    }

    private void onConnected(Channel connected) {
        if (done) {
            connected.close();
            return;
        }
        if (timeouts.exchangeNanos() > 0) {
            arm(timeouts.exchangeNanos());
        }
        SslContext tls = target.tls();
        if (tls != null) {
            ifTimedOut = CheckStatus.L6TOUT;
            ifBroken = CheckStatus.L6RSP;
            SslHandler handler =
                    target.tlsName() == null
                            ? tls.newHandler(allocator)
                            : tls.newHandler(
                                    allocator, target.tlsName(), target.address().getPort());
            // The timer of this check is the only one.
            handler.setHandshakeTimeoutMillis(0);
            connected.pipeline().addLast(handler, this);
        } else if (target.request() != null) {
            connected.pipeline().addLast(this);
            ask(connected);
        } else {
            // A bare connect is ended by RST: it costs neither side a port in TIME_WAIT.
            end(CheckResult.of(CheckStatus.L4OK));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (!handshake.isSuccess()) {
                end(new CheckResult(CheckStatus.L6RSP, describe(handshake.cause())));
            } else if (target.request() == null) {
                end(CheckResult.of(CheckStatus.L6OK));
            } else {
                ask(ctx.channel());
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void ask(Channel connected) {
        ifTimedOut = CheckStatus.L7TOUT;
        ifBroken = CheckStatus.L7RSP;
        byte[] request = target.request();
        if (request != null) {
            // After an exchange the connection is ended in order.
            connected.config().setOption(ChannelOption.SO_LINGER, -1);
            connected.writeAndFlush(allocator.buffer(request.length).writeBytes(request));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (done) {
            discardedBytes += bytes.readableBytes();
            if (discardedBytes > MAX_DISCARDED_BYTES) {
                ctx.close();
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
        if (code < 0) {
            return new CheckResult(
                    CheckStatus.L7RSP, "not an HTTP status line: " + statusLine.excerpt());
        }
        ExpectedStatus expected = target.expected();
        boolean passed = expected == null || expected.matches(code);
        return new CheckResult(
                passed ? CheckStatus.L7OK : CheckStatus.L7STS, Integer.toString(code));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(new CheckResult(ifBroken, "the server closed the connection before it answered"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(new CheckResult(ifBroken, describe(cause)));
        ctx.close();
    }

    private void onTimeout() {
        if (done) {
            close();
        } else {
            end(CheckResult.of(ifTimedOut));
        }
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

    /** Idempotent. */
    void close() {
        done = true;
        ScheduledFuture<?> armed = timer;
        if (armed != null) {
            armed.cancel(false);
        }
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    private void arm(long nanos) {
        ScheduledFuture<?> armed = timer;
        if (armed != null) {
            armed.cancel(false);
        }
        timer = context.loop().schedule(this::onTimeout, nanos, TimeUnit.NANOSECONDS);
    }

    /** TLS failures hide their reason some causes down. */
    private static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return shorten(String.valueOf(root.getMessage()));
    }

    private static String shorten(String message) {
        return message.length() > 200 ? message.substring(0, 200) + "..." : message;
    }
}

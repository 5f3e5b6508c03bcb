package io.evenkeel.lb.netty;

import io.evenkeel.lb.CheckStatus;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ServerTlsConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One connection of a check: TCP, then TLS where the target says so. Used by its loop's thread alone. */
final class CheckSocket extends SimpleChannelInboundHandler<ByteBuf> {
    private static final int RESET = 0;
    private static final int IN_ORDER = -1;

    private final LoopContext context;
    private final ByteBufAllocator allocator;
    private final CheckTarget target;
    private final Listener listener;
    private CheckStatus ifTimedOut = CheckStatus.L4TOUT;
    private CheckStatus ifBroken = CheckStatus.L4CON;
    private @Nullable Channel channel;
    private @Nullable ChannelFuture lastWrite;
    private @Nullable ServerTls serverTls;
    private boolean closed;

    /** Hears of the connection until {@link CheckSocket#close}. */
    interface Listener {
        /** TCP is connected; TLS may follow. */
        void onConnected();

        /** Ready to send and receive. */
        void onOpen();

        void onBytes(ByteBuf bytes);

        /** The server has closed it. */
        void onClosed();

        /** It could not be opened, or has broken. */
        void onFailure(CheckStatus status, String reason);
    }

    CheckSocket(
            LoopContext context,
            ByteBufAllocator allocator,
            CheckTarget target,
            Listener listener) {
        this.context = context;
        this.allocator = allocator;
        this.target = target;
        this.listener = listener;
    }

    void open() {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(context.loop())
                        .channel(context.transport().channelType())
                        .option(ChannelOption.ALLOCATOR, allocator)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(4096))
                        // The check has a timer of its own.
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel made) {
                                        channel = made;
                                        made.config().setOption(ChannelOption.SO_LINGER, RESET);
                                    }
                                });
        CheckSource.apply(bootstrap, target.source(), target.address(), context.transport());
        ChannelFuture connect = bootstrap.connect(target.address());
        connect.addListener(
                future -> {
                    if (future.isSuccess()) {
                        connected(connect.channel());
                    } else if (context.loop().inEventLoop()) {
                        connectFailed(future.cause());
                    } else {
                        // Without a descriptor there is no channel, and Netty tells it elsewhere.
                        context.loop().execute(() -> connectFailed(future.cause()));
                    }
                });
    }

    /** What it means when the time is up now. */
    CheckStatus timeoutStatus() {
        return ifTimedOut;
    }

    void send(byte[] bytes) {
        Channel open = channel;
        if (open != null) {
            lastWrite = open.writeAndFlush(allocator.buffer(bytes.length).writeBytes(bytes));
        }
    }

    /**
     * Idempotent.
     *
     * @param reset by RST, which costs neither side a port in TIME_WAIT, and not by FIN
     */
    void close(boolean reset) {
        closed = true;
        Channel open = channel;
        if (open != null && open.isOpen()) {
            open.config().setOption(ChannelOption.SO_LINGER, reset ? RESET : IN_ORDER);
            closeAfterWriting(open);
        }
    }

    /** With io_uring a socket that is closed while something is being sent stays connected as long as the process lives. */
    private void closeAfterWriting(Channel open) {
        ChannelFuture write = lastWrite;
        if (write == null || write.isDone() || context.transport() != Transport.IO_URING) {
            open.close();
        } else {
            write.addListener(sent -> open.close());
        }
    }

    private void connectFailed(Throwable cause) {
        if (closed) {
            return;
        }
        String message = String.valueOf(cause.getMessage());
        boolean ours =
                !(cause instanceof IOException)
                        || LocalPorts.areUsedUp(cause)
                        || message.contains("Too many open files");
        // Netty puts the system call in front of what people want to read.
        String reason =
                message.replaceFirst("^[\\w ]+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", "");
        listener.onFailure(
                ours ? CheckStatus.SOCKERR : CheckStatus.L4CON, TlsFailure.shorten(reason));
    }

    private void connected(Channel made) {
        if (closed) {
            made.close();
            return;
        }
        listener.onConnected();
        sendHeader(made);
        SslHandler handler = tlsHandler();
        if (handler == null) {
            made.pipeline().addLast(this);
            opened();
            return;
        }
        ifTimedOut = CheckStatus.L6TOUT;
        ifBroken = CheckStatus.L6RSP;
        // The check has a timer of its own.
        handler.setHandshakeTimeoutMillis(0);
        made.pipeline().addLast(handler, this);
    }

    /** Null for none. */
    private @Nullable SslHandler tlsHandler() {
        String name = target.tlsName();
        ServerTlsConfig config = target.serverTls();
        if (config != null) {
            ServerTls settings = context.tls().server(config);
            if (settings == null) {
                throw new IllegalStateException("The check has outlived its server.");
            }
            serverTls = settings;
            return new SslHandler(settings.newEngine(allocator, target.address(), name));
        }
        SslContext tls = target.tls();
        if (tls == null) {
            return null;
        }
        return name == null
                ? tls.newHandler(allocator)
                : tls.newHandler(allocator, name, target.address().getPort());
    }

    /** In front of TLS too. */
    private void sendHeader(Channel made) {
        ProxyHeader header = target.header();
        if (header != null) {
            ByteBuffer bytes = ByteBuffer.allocate(ProxyHeaderWriter.LONGEST);
            ProxyHeaderWriter.writeLocal(
                    header,
                    (InetSocketAddress) made.localAddress(),
                    (InetSocketAddress) made.remoteAddress(),
                    bytes);
            bytes.flip();
            lastWrite = made.writeAndFlush(allocator.buffer(bytes.remaining()).writeBytes(bytes));
        }
    }

    private void opened() {
        ifTimedOut = CheckStatus.L7TOUT;
        ifBroken = CheckStatus.L7RSP;
        listener.onOpen();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !closed) {
            String wrong = handshake.isSuccess() ? wrongName(ctx) : null;
            if (wrong != null) {
                listener.onFailure(CheckStatus.L6RSP, wrong);
            } else if (handshake.isSuccess()) {
                opened();
            } else {
                listener.onFailure(CheckStatus.L6RSP, TlsFailure.describe(handshake.cause()));
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private @Nullable String wrongName(ChannelHandlerContext ctx) {
        ServerTls settings = serverTls;
        return settings == null
                ? null
                : settings.wrongName(
                        ctx.pipeline().get(SslHandler.class).engine(), target.tlsName());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (!closed) {
            listener.onBytes(bytes);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!closed) {
            listener.onClosed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!closed) {
            listener.onFailure(ifBroken, TlsFailure.describe(cause));
        }
        ctx.close();
    }
}

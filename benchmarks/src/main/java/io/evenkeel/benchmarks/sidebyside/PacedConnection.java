package io.evenkeel.benchmarks.sidebyside;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** A connection of {@link OpenLoop}, with at most one request under way. Confined to its event loop. */
final class PacedConnection extends ChannelInboundHandlerAdapter {
    private static final ByteBuf REQUEST =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(HttpRequest.BYTES.length)
                            .writeBytes(HttpRequest.BYTES)
                            .asReadOnly());
    private static final int LONGEST_ANSWER = 1024;
    private static final long NONE = -1;

    private final Pace pace;
    private final byte[] answer = new byte[LONGEST_ANSWER];
    private @Nullable ChannelHandlerContext context;
    private int length;
    private long request = NONE;

    PacedConnection(Pace pace) {
        this.pace = pace;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        pace.free(this);
    }

    /** @param number of the request, from 0 */
    void send(long number) {
        request = number;
        length = 0;
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.writeAndFlush(REQUEST.duplicate(), ctx.voidPromise());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            int more = bytes.readableBytes();
            if (request == NONE || length + more > LONGEST_ANSWER) {
                pace.fail("Bytes came that are no answer.");
                return;
            }
            bytes.readBytes(answer, length, more);
            length += more;
        } finally {
            bytes.release();
        }
        if (HttpRequest.isAnswer(answer, length)) {
            pace.answered(request);
            request = NONE;
            pace.free(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pace.fail("A connection was closed.");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        pace.fail("A connection broke: " + cause);
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.dns.DnsAnswer;
import io.evenkeel.lb.dns.DnsQuestion;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryEncoder;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A question by TCP, on a connection of its own. Used by its loop's thread alone. */
final class TcpDnsQuery extends SimpleChannelInboundHandler<DnsResponse> {
    private final DnsQuestion question;
    private final Consumer<DnsAnswer> onAnswer;
    private final int id = ThreadLocalRandom.current().nextInt(0x10000);

    /** Null also when there was no descriptor for one. */
    private @Nullable Channel channel;

    private @Nullable ScheduledFuture<?> timeout;
    private boolean done;

    private TcpDnsQuery(DnsQuestion question, Consumer<DnsAnswer> onAnswer) {
        this.question = question;
        this.onAnswer = onAnswer;
    }

    /** Asks; hears of one answer, be it that there is none in time. */
    static void ask(
            EventLoop loop,
            Transport transport,
            ByteBufAllocator allocator,
            InetSocketAddress server,
            DnsQuestion question,
            long timeoutNanos,
            Consumer<DnsAnswer> onAnswer) {
        TcpDnsQuery query = new TcpDnsQuery(question, onAnswer);
        query.timeout =
                loop.schedule(
                        () -> query.end(DnsAnswer.failed(ResolveFailure.TIMEOUT)),
                        timeoutNanos,
                        TimeUnit.NANOSECONDS);
        new Bootstrap()
                .group(loop)
                .channel(transport.channelType())
                .option(ChannelOption.ALLOCATOR, allocator)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel created) {
                                query.channel = created;
                                created.pipeline()
                                        .addLast(
                                                new TcpDnsQueryEncoder(),
                                                new TcpDnsResponseDecoder(),
                                                query);
                            }
                        })
                .connect(server)
                .addListener(
                        connected -> {
                            if (connected.isSuccess()) {
                                return;
                            }
                            if (loop.inEventLoop()) {
                                query.connectFailed();
                            } else {
                                // Without a descriptor there is no channel, and Netty tells it
                                // elsewhere.
                                loop.execute(query::connectFailed);
                            }
                        });
    }

    private void connectFailed() {
        end(DnsAnswer.failed(ResolveFailure.TIMEOUT));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        DefaultDnsQuery message = new DefaultDnsQuery(id);
        message.setRecursionDesired(true);
        message.addRecord(DnsSection.QUESTION, DnsMessages.question(question));
        context.writeAndFlush(message);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DnsResponse response) {
        if (response.id() == id) {
            end(DnsMessages.answer(question, response));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(DnsAnswer.failed(ResolveFailure.OTHER));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(DnsAnswer.failed(ResolveFailure.OTHER));
    }

    private void end(DnsAnswer answer) {
        if (done) {
            return;
        }
        done = true;
        ScheduledFuture<?> running = timeout;
        if (running != null) {
            running.cancel(false);
        }
        Channel used = channel;
        if (used != null) {
            used.close();
        }
        onAnswer.accept(answer);
    }
}

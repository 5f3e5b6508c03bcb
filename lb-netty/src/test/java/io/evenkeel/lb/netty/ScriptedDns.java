package io.evenkeel.lb.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsRecordEncoder;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsOpCode;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A name server on a local port, by UDP and TCP, that answers as a test says, and may do so otherwise at any time. */
final class ScriptedDns implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    /** What to answer. */
    interface Script {
        /** Null for nothing. */
        @Nullable Reply reply(String name, DnsRecordType type, boolean tcp);
    }

    /** An answer. */
    record Reply(
            DnsResponseCode code,
            boolean truncated,
            List<Supplier<DnsRecord>> answers,
            List<Supplier<DnsRecord>> additional) {}

    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger askedByTcp = new AtomicInteger();
    private final int port;
    private volatile Script script;

    private ScriptedDns(Script script) throws IOException {
        this.script = script;
        port = bind();
    }

    static ScriptedDns start(Script script) throws IOException {
        return new ScriptedDns(script);
    }

    /** A port for UDP may be taken for TCP. */
    private int bind() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Channel udp =
                    new Bootstrap()
                            .group(loops)
                            .channel(NioDatagramChannel.class)
                            .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                            .handler(new Udp())
                            .bind(InetAddress.getLoopbackAddress(), 0)
                            .syncUninterruptibly()
                            .channel();
            boolean bound =
                    new ServerBootstrap()
                            .group(loops)
                            .channel(NioServerSocketChannel.class)
                            .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                            .childHandler(new Tcp())
                            .bind(udp.localAddress())
                            .awaitUninterruptibly()
                            .isSuccess();
            if (bound) {
                return ((InetSocketAddress) udp.localAddress()).getPort();
            }
            udp.close().syncUninterruptibly();
        }
        throw new IOException("No port is free for UDP and TCP alike.");
    }

    int port() {
        return port;
    }

    /** Questions so far. */
    int asked() {
        return asked.get();
    }

    int askedByTcp() {
        return askedByTcp.get();
    }

    void say(Script next) {
        script = next;
    }

    /** Waits until questions are answered by what was said last: those under way may have the answer of before. */
    void awaitAsked() throws Exception {
        int before = asked();
        Await.until("it is asked twice", () -> asked() >= before + 2);
    }

    /** A script that knows the addresses of one name, and that there is no other. */
    static Script addresses(String name, String... addresses) {
        return (asked, type, tcp) ->
                asked.equals(name + ".") ? answer(records(name, type, addresses)) : nx();
    }

    /** Of that type. */
    static List<Supplier<DnsRecord>> records(String name, DnsRecordType type, String... addresses) {
        List<Supplier<DnsRecord>> records = new ArrayList<>();
        for (String address : addresses) {
            boolean six = address.indexOf(':') >= 0;
            if (type.equals(six ? DnsRecordType.AAAA : DnsRecordType.A)) {
                records.add(record(name, type, 0, Unpooled.wrappedBuffer(bytes(address))));
            }
        }
        return records;
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static Supplier<DnsRecord> service(String name, String target, int port, int weight) {
        ByteBuf content = Unpooled.buffer();
        content.writeShort(1).writeShort(weight).writeShort(port);
        for (String label : target.split("[.]", -1)) {
            content.writeByte(label.length()).writeBytes(label.getBytes());
        }
        return service(name, content.writeByte(0));
    }

    /** One whose target is a label of these bytes, whatever they are. */
    static Supplier<DnsRecord> service(String name, byte[] label, int port) {
        ByteBuf content = Unpooled.buffer();
        content.writeShort(1).writeShort(1).writeShort(port);
        return service(name, content.writeByte(label.length).writeBytes(label).writeByte(0));
    }

    private static Supplier<DnsRecord> service(String name, ByteBuf content) {
        return record(name, DnsRecordType.SRV, 0, content);
    }

    private static Supplier<DnsRecord> record(
            String name, DnsRecordType type, long ttl, ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes).release();
        return () -> new DefaultDnsRawRecord(name + ".", type, ttl, Unpooled.wrappedBuffer(bytes));
    }

    static Reply answer(List<Supplier<DnsRecord>> answers) {
        return answer(answers, List.of());
    }

    static Reply answer(List<Supplier<DnsRecord>> answers, List<Supplier<DnsRecord>> additional) {
        return new Reply(DnsResponseCode.NOERROR, false, answers, additional);
    }

    static Reply truncated(List<Supplier<DnsRecord>> answers) {
        return new Reply(DnsResponseCode.NOERROR, true, answers, List.of());
    }

    static Reply failed(DnsResponseCode code) {
        return new Reply(code, false, List.of(), List.of());
    }

    static Reply nx() {
        return failed(DnsResponseCode.NXDOMAIN);
    }

    private @Nullable DnsResponse fill(DnsQuery query, boolean tcp, DnsResponse response) {
        DnsQuestion question = query.recordAt(DnsSection.QUESTION);
        asked.incrementAndGet();
        if (tcp) {
            askedByTcp.incrementAndGet();
        }
        Reply reply = script.reply(question.name(), question.type(), tcp);
        if (reply == null) {
            response.release();
            return null;
        }
        response.setCode(reply.code());
        response.setTruncated(reply.truncated());
        response.addRecord(
                DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), question.type()));
        reply.answers().forEach(record -> response.addRecord(DnsSection.ANSWER, record.get()));
        reply.additional()
                .forEach(record -> response.addRecord(DnsSection.ADDITIONAL, record.get()));
        return response;
    }

    private final class Udp extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder())
                    .addLast(
                            new SimpleChannelInboundHandler<DatagramDnsQuery>() {
                                @Override
                                protected void channelRead0(
                                        ChannelHandlerContext context, DatagramDnsQuery query) {
                                    DnsResponse response =
                                            fill(
                                                    query,
                                                    false,
                                                    new DatagramDnsResponse(
                                                            query.recipient(),
                                                            query.sender(),
                                                            query.id()));
                                    if (response != null) {
                                        context.writeAndFlush(response);
                                    }
                                }
                            });
        }
    }

    private final class Tcp extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(
                            new TcpDnsQueryDecoder(),
                            new TcpDnsResponseEncoder(new DefaultDnsRecordEncoder() {}))
                    .addLast(
                            new SimpleChannelInboundHandler<DnsQuery>() {
                                @Override
                                protected void channelRead0(
                                        ChannelHandlerContext context, DnsQuery query) {
                                    DnsResponse response =
                                            fill(
                                                    query,
                                                    true,
                                                    new DefaultDnsResponse(
                                                            query.id(), DnsOpCode.QUERY));
                                    if (response != null) {
                                        context.writeAndFlush(response);
                                    }
                                }
                            });
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}

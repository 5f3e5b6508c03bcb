package io.evenkeel.lb.netty;

import io.evenkeel.lb.NameserverConfig;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import io.evenkeel.lb.dns.DnsAnswer;
import io.evenkeel.lb.dns.DnsQuestion;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the name servers of one resolvers section, all at once; the first good answer counts. While nobody answers it asks again, as often
 * as the section says. Used by its loop's thread alone, but for the constructor.
 */
final class DnsClient {
    private final ResolversConfig config;
    private final EventLoop loop;
    private final Transport transport;
    private final ByteBufAllocator allocator;
    private final List<NameserverConfig> nameservers;
    private final @Nullable DnsNameResolver resolver;
    private boolean closed;

    DnsClient(
            ResolversConfig config,
            EventLoop loop,
            Transport transport,
            ByteBufAllocator allocator) {
        this.config = config;
        this.allocator = allocator;
        this.loop = loop;
        this.transport = transport;
        nameservers = new ArrayList<>(config.nameservers());
        if (config.systemNameservers()) {
            nameservers.addAll(SystemNameservers.read());
        }
        resolver = nameservers.stream().allMatch(NameserverConfig::tcp) ? null : resolver();
    }

    private DnsNameResolver resolver() {
        return new DnsNameResolverBuilder(loop)
                .datagramChannelFactory(this::newChannel)
                .nameServerProvider(
                        new SequentialDnsServerAddressStreamProvider(
                                nameservers.stream().map(DnsClient::address).toList()))
                .queryTimeoutMillis(
                        Math.max(1, TimeUnit.NANOSECONDS.toMillis(config.retryTimeoutNanos())))
                .maxPayloadSize(config.payloadSize())
                .resolveCache(NoopDnsCache.INSTANCE)
                .build();
    }

    private DatagramChannel newChannel() {
        DatagramChannel channel =
                new ReflectiveChannelFactory<>(transport.datagramChannelType()).newChannel();
        channel.config().setAllocator(allocator);
        return channel;
    }

    private static InetSocketAddress address(NameserverConfig server) {
        try {
            // A literal, so that nothing is looked up.
            return new InetSocketAddress(HostNames.first(server.host()), server.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("No address was read from " + server, e);
        }
    }

    ResolversConfig config() {
        return config;
    }

    /** Hears of one answer later, be it that there is none; not any more once it is closed. */
    void ask(DnsQuestion question, Consumer<DnsAnswer> onAnswer) {
        if (nameservers.isEmpty() || !DnsMessages.canBeAsked(question)) {
            loop.execute(
                    () -> {
                        if (!closed) {
                            onAnswer.accept(DnsAnswer.failed(ResolveFailure.OTHER));
                        }
                    });
            return;
        }
        new Round(question, onAnswer, config.retries()).start();
    }

    void close() {
        closed = true;
        if (resolver != null) {
            resolver.close();
        }
    }

    /** All name servers are asked once. */
    private final class Round {
        private final DnsQuestion question;
        private final Consumer<DnsAnswer> onAnswer;
        private final int left;
        private int pending;
        private boolean done;
        private @Nullable ResolveFailure failure;

        Round(DnsQuestion question, Consumer<DnsAnswer> onAnswer, int left) {
            this.question = question;
            this.onAnswer = onAnswer;
            this.left = left;
        }

        void start() {
            pending = nameservers.size();
            for (NameserverConfig server : nameservers) {
                if (server.tcp() || resolver == null) {
                    askByTcp(server);
                } else {
                    resolver.query(address(server), DnsMessages.question(question))
                            .addListener(future -> takeUdp(server, future));
                }
            }
        }

        private void askByTcp(NameserverConfig server) {
            TcpDnsQuery.ask(
                    loop,
                    transport,
                    allocator,
                    address(server),
                    question,
                    config.retryTimeoutNanos(),
                    this::take);
        }

        private void takeUdp(
                NameserverConfig server,
                Future<? super AddressedEnvelope<DnsResponse, InetSocketAddress>> future) {
            if (!future.isSuccess()) {
                take(DnsAnswer.failed(failureOf(future.cause())));
                return;
            }
            @SuppressWarnings("unchecked")
            AddressedEnvelope<DnsResponse, InetSocketAddress> envelope =
                    (AddressedEnvelope<DnsResponse, InetSocketAddress>) future.getNow();
            try {
                if (!envelope.content().isTruncated()) {
                    take(DnsMessages.answer(question, envelope.content()));
                } else if (!closed) {
                    askByTcp(server);
                }
            } finally {
                envelope.release();
            }
        }

        private static ResolveFailure failureOf(@Nullable Throwable cause) {
            if (cause instanceof DnsNameResolverTimeoutException) {
                return ResolveFailure.TIMEOUT;
            }
            return cause instanceof DnsErrorCauseException
                    ? ResolveFailure.OTHER
                    : ResolveFailure.TIMEOUT;
        }

        private void take(DnsAnswer answer) {
            pending--;
            if (done || closed) {
                return;
            }
            ResolveFailure failed = answer.failure();
            if (failed == null) {
                done = true;
                onAnswer.accept(answer);
                return;
            }
            // That there is no such name counts only if nobody failed to say more; who is silent
            // may
            // answer yet.
            if (failure == null
                    || failed == ResolveFailure.TIMEOUT
                    || failure == ResolveFailure.NX) {
                failure = failed;
            }
            if (pending > 0) {
                return;
            }
            done = true;
            if (failure == ResolveFailure.TIMEOUT && left > 1) {
                new Round(question, onAnswer, left - 1).start();
            } else {
                onAnswer.accept(DnsAnswer.failed(failure));
            }
        }
    }
}

package io.evenkeel.lb.netty.redis;

import io.evenkeel.lb.RedisConfig;
import io.evenkeel.lb.store.StoreCommand;
import io.evenkeel.lb.store.StoreGroup;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.File;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does with a Redis server what a {@link StoreGroup} wants, on a thread of its own. When to connect again is the group's to decide, and
 * not Lettuce's. Safe for any thread.
 */
public final class RedisDriver implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RedisDriver.class);
    private static final long SHORTEST_WAIT_NANOS = 1_000_000L;
    private static final long CLOSE_SECONDS = 2;
    private static final int THREADS = 2;

    private final StoreGroup group;
    private final ScheduledExecutorService thread;
    private final ClientResources resources;
    private final RedisURI uri;
    private final RedisClient client;
    private final AtomicBoolean woken = new AtomicBoolean();
    private @Nullable Future<?> timer;
    private boolean closed;
    private volatile CompletableFuture<?> closing = CompletableFuture.completedFuture(null);
    private volatile @Nullable RedisLink link;

    /**
     * One that does nothing yet.
     *
     * @param threads makes the one on which the group is told of connections
     * @throws IllegalArgumentException if there is no such file of authorities
     */
    public RedisDriver(RedisConfig config, StoreGroup group, ThreadFactory threads) {
        this.group = group;
        // First what may be wrong, while there is nothing to be closed.
        uri = uri(config);
        ClientOptions options = options(config);
        thread = Executors.newSingleThreadScheduledExecutor(threads);
        resources = resources();
        client = RedisClient.create(resources);
        client.setOptions(options);
    }

    /** Few threads, loops that fit their sockets, names looked up by the JVM, and buffers of which none is kept. */
    static ClientResources resources() {
        return ClientResources.builder()
                .eventLoopGroupProvider(new RedisEventLoops(THREADS))
                .computationThreadPoolSize(THREADS)
                .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
                .nettyCustomizer(
                        new NettyCustomizer() {
                            @Override
                            public void afterBootstrapInitialized(Bootstrap bootstrap) {
                                bootstrap.option(
                                        ChannelOption.ALLOCATOR,
                                        new UnpooledByteBufAllocator(true));
                            }
                        })
                .build();
    }

    private static RedisURI uri(RedisConfig config) {
        RedisURI.Builder uri =
                RedisURI.builder()
                        .withHost(config.host())
                        .withPort(config.port())
                        .withSsl(config.tls())
                        .withTimeout(config.timeout());
        String user = config.user();
        String password = config.password();
        if (password != null && user != null) {
            uri.withAuthentication(user, password);
        } else if (password != null) {
            uri.withPassword(password.toCharArray());
        }
        return uri.build();
    }

    private static ClientOptions options(RedisConfig config) {
        ClientOptions.Builder options =
                ClientOptions.builder()
                        .autoReconnect(false)
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                        .protocolVersion(ProtocolVersion.RESP2)
                        .socketOptions(
                                SocketOptions.builder().connectTimeout(config.timeout()).build());
        String caFile = config.caFile();
        if (caFile != null) {
            options.sslOptions(SslOptions.builder().trustManager(new File(caFile)).build());
        }
        return options.build();
    }

    /** Begins. */
    public void start() {
        wake();
    }

    /** There may be something to do. */
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            execute(
                    () -> {
                        woken.set(false);
                        turn();
                    });
        }
    }

    void execute(Runnable step) {
        try {
            thread.execute(step);
        } catch (RejectedExecutionException e) {
            // It is closed.
        }
    }

    boolean isCurrent(RedisLink asking) {
        return link == asking;
    }

    private void awaitThread() {
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        if (closed) {
            return;
        }
        try {
            group.commands(System.nanoTime()).forEach(this::carryOut);
        } catch (RuntimeException e) {
            LOGGER.warn("A step of exchanging stick tables through Redis failed.", e);
            group.lost("of an error of this program: " + e, System.nanoTime());
        }
        RedisLink now = link;
        if (now != null) {
            now.flush();
        }
        Future<?> before = timer;
        if (before != null) {
            before.cancel(false);
        }
        long at = System.nanoTime();
        long wait = Math.max(SHORTEST_WAIT_NANOS, group.deadlineNanos(at) - at);
        timer = thread.schedule(this::turn, wait, TimeUnit.NANOSECONDS);
    }

    private void carryOut(StoreCommand command) {
        RedisLink now = link;
        if (command instanceof StoreCommand.Connect connect) {
            RedisLink opened = new RedisLink(this, group, client, connect.channel());
            link = opened;
            opened.open(uri);
        } else if (now != null && command instanceof StoreCommand.Disconnect) {
            link = null;
            close(now);
        } else if (now != null) {
            now.carryOut(command);
        }
    }

    /** Ends all connections and threads. */
    @Override
    public void close() {
        execute(
                () -> {
                    closed = true;
                    RedisLink last = link;
                    link = null;
                    if (last != null) {
                        close(last);
                    }
                    // With what is to be done later.
                    thread.shutdownNow();
                });
        awaitThread();
        closing.completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
        shutDown(client, resources);
    }

    private void close(RedisLink ended) {
        closing = CompletableFuture.allOf(closing, ended.close());
    }

    /** Waits until it is done, but not for ever. */
    static void shutDown(RedisClient client, ClientResources resources) {
        client.shutdownAsync(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(
                        failure -> {
                            LOGGER.warn("The Redis client was not shut down in order.", failure);
                            return null;
                        })
                .join();
        resources
                .shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        resources
                .eventLoopGroupProvider()
                .shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}

package io.evenkeel.lb.netty.redis;

import io.evenkeel.lb.store.StoreCommand;
import io.evenkeel.lb.store.StoreGroup;
import io.evenkeel.lb.store.StoredEntry;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One attempt to use a Redis server: a connection that hears what is published, and one for all else. */
final class RedisLink {
    private static final byte[][] NO_KEYS = {};
    private static final String LOOKED_AT = "1000";

    private final RedisDriver owner;
    private final StoreGroup group;
    private final RedisClient client;
    private final byte[] channel;
    private final List<StatefulConnection<byte[], byte[]>> connections = new ArrayList<>();
    private CompletableFuture<?> opening = CompletableFuture.completedFuture(null);
    private boolean closed;
    private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private volatile String writeScript = "";
    private volatile String scanScript = "";

    RedisLink(RedisDriver owner, StoreGroup group, RedisClient client, String channel) {
        this.owner = owner;
        this.group = group;
        this.client = client;
        this.channel = bytes(channel);
    }

    void open(RedisURI uri) {
        CompletionStage<?> ready =
                client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri)
                        .thenCompose(this::subscribe)
                        .thenCompose(done -> client.connectAsync(ByteArrayCodec.INSTANCE, uri))
                        .thenCompose(this::prepare);
        opening = ready.handle((done, failure) -> done).toCompletableFuture();
        answer(ready, done -> group.connected(System.nanoTime()));
    }

    private CompletionStage<Void> subscribe(StatefulRedisPubSubConnection<byte[], byte[]> hearing) {
        keep(hearing);
        hearing.addListener(
                new RedisPubSubAdapter<>() {
                    @Override
                    public void message(byte[] from, byte[] message) {
                        // On Lettuce's thread: when this is slow the server holds back, and in the
                        // end closes.
                        if (owner.isCurrent(RedisLink.this)) {
                            group.heard(message, System.nanoTime());
                        }
                    }
                });
        return hearing.async().subscribe(channel);
    }

    private CompletionStage<Void> prepare(StatefulRedisConnection<byte[], byte[]> talking) {
        keep(talking);
        return talking.async()
                .scriptLoad(RedisScripts.WRITE)
                .thenAccept(digest -> writeScript = digest)
                .thenCompose(done -> talking.async().scriptLoad(RedisScripts.SCAN))
                .thenAccept(
                        digest -> {
                            scanScript = digest;
                            talking.setAutoFlushCommands(false);
                            connection = talking;
                        });
    }

    private void keep(StatefulConnection<byte[], byte[]> opened) {
        opened.addListener(
                new RedisConnectionStateListener() {
                    @Override
                    public void onRedisDisconnected(RedisChannelHandler<?, ?> which) {
                        lost("the connection was closed");
                    }
                });
        synchronized (this) {
            if (!closed) {
                connections.add(opened);
                return;
            }
        }
        opened.closeAsync();
    }

    void carryOut(StoreCommand command) {
        StatefulRedisConnection<byte[], byte[]> to = connection;
        if (to == null) {
            return;
        }
        if (command instanceof StoreCommand.Scan scan) {
            CompletionStage<List<Object>> page =
                    to.async()
                            .evalsha(
                                    scanScript,
                                    ScriptOutputType.MULTI,
                                    NO_KEYS,
                                    bytes(scan.cursor()),
                                    bytes(scan.pattern()),
                                    bytes(LOOKED_AT));
            answer(page, found -> group.found(page(found), System.nanoTime()));
        } else if (command instanceof StoreCommand.Publish publish) {
            answer(
                    to.async().publish(channel, publish.message()),
                    done -> group.published(System.nanoTime()));
        } else if (command instanceof StoreCommand.Write write) {
            CompletionStage<Long> written =
                    to.async()
                            .evalsha(
                                    writeScript,
                                    ScriptOutputType.INTEGER,
                                    new byte[][] {write.key()},
                                    bytes(write.field()),
                                    bytes(write.value()),
                                    bytes(Long.toString(write.remainingMillis())),
                                    channel,
                                    write.message());
            answer(
                    written,
                    done -> {
                        if (done == RedisScripts.NO_HASH) {
                            group.refused(write, System.nanoTime());
                        } else {
                            group.written(write, System.nanoTime());
                        }
                    });
        }
    }

    /** Sends what was carried out since the last time. */
    void flush() {
        StatefulRedisConnection<byte[], byte[]> to = connection;
        if (to != null) {
            to.flushCommands();
        }
    }

    private <T> void answer(CompletionStage<T> stage, Consumer<? super T> taker) {
        stage.whenComplete(
                (value, failure) -> {
                    if (failure != null) {
                        lost(reason(failure));
                        return;
                    }
                    owner.execute(
                            () -> {
                                if (owner.isCurrent(this)) {
                                    taker.accept(value);
                                    owner.wake();
                                }
                            });
                });
    }

    private void lost(String cause) {
        owner.execute(
                () -> {
                    if (owner.isCurrent(this)) {
                        group.lost(cause, System.nanoTime());
                        owner.wake();
                    }
                });
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return (root instanceof RedisCommandExecutionException
                        ? "it answers "
                        : "it cannot be used: ")
                // The sentence goes on.
                + message.replaceFirst("[.]$", "");
    }

    private static StoreCommand.Page page(List<Object> answer) {
        List<StoredEntry> entries = new ArrayList<>();
        for (Object each : answer.subList(1, answer.size())) {
            List<?> entry = (List<?>) each;
            entries.add(
                    new StoredEntry(
                            (byte[]) entry.get(0),
                            text(entry.get(1)),
                            text(entry.get(2)),
                            text(entry.get(3)),
                            (Long) entry.get(4)));
        }
        return new StoreCommand.Page(
                new String((byte[]) answer.get(0), StandardCharsets.UTF_8), entries);
    }

    private static @Nullable String text(Object value) {
        byte[] text = (byte[]) value;
        return text.length == 0 ? null : new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Closes what is connected now or will be.
     *
     * @return completed when no attempt to connect is under way any more: Lettuce keeps the buffers of those that its end surprises
     */
    synchronized CompletableFuture<?> close() {
        closed = true;
        connections.forEach(StatefulConnection::closeAsync);
        connections.clear();
        return opening;
    }
}

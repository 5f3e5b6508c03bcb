package io.evenkeel.lb.netty;

import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.RedisConfig;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.netty.redis.RedisDriver;
import io.evenkeel.lb.peers.PeerState;
import io.evenkeel.lb.store.StoreGroup;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stick tables that are exchanged through a store. What is exchanged, and when, is for the {@link StoreGroup} to decide; the driver has a
 * thread and sockets of its own, so that no event loop of the proxy ever waits for the store. Safe for any thread.
 */
final class StoreExchange implements StickExchange {
    /** What the driver cannot do without. */
    private static final String LIBRARY = "io.lettuce.core.RedisClient";

    private final StoreGroup group;
    private final ThreadFactory threads;
    private volatile @Nullable RedisDriver driver;

    /** @param threads makes the driver's, on which the observer is told */
    StoreExchange(
            PeersConfig config,
            List<StickTable> tables,
            SafeObserver observer,
            ThreadFactory threads) {
        this.threads = threads;
        group =
                new StoreGroup(
                        config,
                        tables,
                        new SecureRandom().nextLong(),
                        new PeerReports(observer),
                        this::wake,
                        System.nanoTime());
    }

    /**
     * Finds out whether stores can be used, if there are any.
     *
     * @throws IllegalArgumentException saying what is missing
     */
    static void check(ProxyConfig config) {
        for (PeersConfig peers : config.peers()) {
            if (peers.store() != null && !isPresent()) {
                throw new IllegalArgumentException(
                        "Peers "
                                + peers.name()
                                + " exchange their stick tables through "
                                + peers.store()
                                + ", for which Lettuce is needed, and it is not on the class path; add the"
                                + " artifact io.lettuce:lettuce-core, version 7.1 or later of 7.");
            }
        }
    }

    private static boolean isPresent() {
        try {
            Class.forName(LIBRARY, false, StoreExchange.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @Override
    public void start() throws ProxyStartException {
        RedisConfig store = Objects.requireNonNull(group.config().store());
        RedisDriver started;
        try {
            started = new RedisDriver(store, group, threads);
        } catch (IllegalArgumentException e) {
            throw new ProxyStartException(
                    "Peers "
                            + group.config().name()
                            + " cannot exchange their stick tables through "
                            + store
                            + ": "
                            + e.getMessage(),
                    e);
        }
        driver = started;
        started.start();
    }

    private void wake() {
        RedisDriver running = driver;
        if (running != null) {
            running.wake();
        }
    }

    @Override
    public List<PeerState> states() {
        return List.of(group.state(System.nanoTime()));
    }

    @Override
    public void close() {
        group.close();
        RedisDriver running = driver;
        if (running != null) {
            running.close();
        }
    }
}

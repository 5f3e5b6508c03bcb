package io.evenkeel.lb.netty;

import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.peers.PeerState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The groups of peers of a proxy, as its configuration has them now. Changed by one thread at a time, read by any. */
final class PeerLoops {
    private record Running(PeersConfig config, List<StickTable> tables, StickExchange exchange) {}

    private final SafeObserver observer;
    private final ThreadFactory storeThreads;
    private final CopyOnWriteArrayList<Running> running = new CopyOnWriteArrayList<>();

    /** @param storeThreads makes a thread for each group that has a store; observers are told on it */
    PeerLoops(SafeObserver observer, ThreadFactory storeThreads) {
        this.observer = observer;
        this.storeThreads = storeThreads;
    }

    /** Ends what is no longer configured so, and starts what is new; the same groups with the same tables go on. */
    void follow(List<PeersConfig> wanted, Stickies stickies, LoopContext context, Executor names)
            throws ProxyStartException {
        List<Running> ended = new ArrayList<>(running);
        ended.removeIf(
                each ->
                        wanted.contains(each.config)
                                && each.tables.equals(stickies.tablesOf(each.config)));
        List<Running> fresh = new ArrayList<>();
        for (PeersConfig config : wanted) {
            if (running.stream()
                    .noneMatch(each -> each.config.equals(config) && !ended.contains(each))) {
                fresh.add(made(config, stickies.tablesOf(config), context, names));
            }
        }
        // Only now, so that of what changes in a table all the time one of the two hears.
        end(ended, context);
        for (Running each : fresh) {
            ended.stream()
                    .filter(old -> old.config.name().equals(each.config.name()))
                    .findFirst()
                    .ifPresent(old -> each.exchange.follow(old.exchange));
        }
        running.addAll(fresh);
        try {
            for (Running each : fresh) {
                each.exchange.start();
            }
        } catch (ProxyStartException | RuntimeException e) {
            // Or the next configuration would take them for those that run.
            end(fresh, context);
            throw e;
        }
    }

    private Running made(
            PeersConfig config, List<StickTable> tables, LoopContext context, Executor names) {
        StickExchange exchange =
                config.store() == null
                        ? new PeerLoop(config, tables, context, names, observer)
                        : new StoreExchange(config, tables, observer, storeThreads);
        return new Running(config, tables, exchange);
    }

    void close(LoopContext context) {
        end(new ArrayList<>(running), context);
    }

    private void end(List<Running> ended, LoopContext context) {
        for (Running each : ended) {
            each.exchange.close();
            running.remove(each);
        }
        if (!ended.isEmpty() && context.transport() != Transport.EPOLL) {
            // The JDK closes a registered socket only when its selector has run once more.
            context.loop().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
    }

    List<PeerState> states() {
        return running.stream().flatMap(each -> each.exchange.states().stream()).toList();
    }
}

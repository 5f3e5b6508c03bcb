package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes the pool of the servers as they are now; what has turns goes on where it was in the pool before. */
final class PoolBuilder {
    private final BackendConfig config;
    private final List<Server> servers;
    private final BackendLoad load;
    private final @Nullable Pool previous;
    private final WeightScale scale;
    private final long seed;

    private PoolBuilder(
            BackendConfig config, List<Server> servers, BackendLoad load, @Nullable Pool previous) {
        this.config = config;
        this.servers = servers;
        this.load = load;
        this.previous = previous;
        scale = WeightScale.of(servers.stream().mapToInt(s -> s.config().weight()).toArray());
        seed = Hash64.of(config.name(), 0);
    }

    static Pool build(
            BackendConfig config, List<Server> servers, BackendLoad load, @Nullable Pool previous) {
        return new PoolBuilder(config, servers, load, previous).build();
    }

    private Pool build() {
        boolean awaiting = servers.stream().anyMatch(Server::isAwaitingFirstCheck);
        List<Server> wanted = those(servers, false, Server::isWanted);
        List<Server> active = those(wanted, false, Server::isUsable);
        List<Server> backups = backups();
        boolean replaced = active.isEmpty() && !backups.isEmpty();
        boolean open =
                !awaiting && !replaced && config.allDown().isOpen(active.size(), wanted.size());
        List<Server> usable = replaced ? backups : open ? wanted : active;
        TreeMap<Integer, List<Server>> byPriority = new TreeMap<>();
        for (Server server : usable) {
            byPriority
                    .computeIfAbsent(server.config().priority(), p -> new ArrayList<>())
                    .add(server);
        }
        List<Tier> tiers = new ArrayList<>();
        byPriority.forEach((priority, those) -> tiers.add(tier(priority, those, open)));
        return new Pool(tiers, shares(tiers, replaced), replaced, open, awaiting, config);
    }

    /** The first one serves alone: the second is not to be written to because the first is full or refuses a connection. */
    private List<Server> backups() {
        List<Server> usable = those(servers, true, Server::isUsable);
        return config.allBackups()
                ? usable
                : usable.stream()
                        .min(Comparator.comparingInt(server -> server.config().priority()))
                        .map(List::of)
                        .orElse(List.of());
    }

    private static List<Server> those(
            List<Server> servers, boolean backup, Predicate<Server> state) {
        return servers.stream()
                .filter(server -> server.config().backup() == backup && state.test(server))
                .toList();
    }

    /** A priority with no server that is well does not count: its part is nothing anyway. */
    private TierShares shares(List<Tier> tiers, boolean backups) {
        int[] well = tiers.stream().mapToInt(tier -> tier.servers().size()).toArray();
        int[] all =
                tiers.stream()
                        .mapToInt(tier -> those(servers, backups, isOf(tier.priority())).size())
                        .toArray();
        return TierShares.of(
                well,
                all,
                config.overprovisionPercent(),
                config.balance().isDeterministic(),
                seed,
                previous == null ? null : previous.shares());
    }

    /** A place for which its name has no address is no server that is not well. */
    private static Predicate<Server> isOf(int priority) {
        return server -> server.config().priority() == priority && server.isResolved();
    }

    private Tier tier(int priority, List<Server> usable, boolean open) {
        Tier before = previous == null ? null : previous.tier(priority);
        Candidates candidates = candidates(usable, weights(usable), before);
        Balance balance = config.balance();
        Selector selector =
                before != null && before.isOf(candidates, balance)
                        ? before.selector()
                        : balance.selector(candidates);
        return new Tier(priority, candidates, balance, selector, open);
    }

    /** In sixteenths while one of them starts slowly. A hash would move keys with each step, so there it does not count. */
    private int[] weights(List<Server> usable) {
        boolean slow =
                !config.balance().isDeterministic()
                        && usable.stream().anyMatch(server -> !server.ramp().isOver());
        return usable.stream()
                .mapToInt(s -> slow ? s.weight() * s.ramp().sixteenths() : s.weight())
                .toArray();
    }

    private Candidates candidates(List<Server> usable, int[] weights, @Nullable Tier before) {
        Map<Server, Integer> places = new HashMap<>();
        if (before != null) {
            before.servers().forEach(server -> places.put(server, places.size()));
        }
        int[] indexes = usable.stream().mapToInt(s -> places.getOrDefault(s, -1)).toArray();
        return new Candidates(
                usable,
                weights,
                scale,
                seed,
                load,
                before == null ? null : before.selector(),
                indexes);
    }
}

package io.evenkeel.lb.dns;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ResolversConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the names of servers resolved: answers go in; who is to be asked, and which server is where, come out. It has no socket and no
 * clock; the time is monotonic, from 0 on. Actions are to be done in their order: what is the matter with a
 * name, then servers, then questions. Not thread-safe.
 *
 * <p>A name is asked about again when its TTL is over, but no sooner than {@link ResolversConfig#resolveTimeoutNanos()} and no later than
 * {@link ResolversConfig#holdValidNanos()} after the last answer, and give or take a twentieth of that.
 *
 * @param <S> servers, known by {@code equals}
 */
public final class ServerNames<S> {
    /** There is no deadline. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private final RandomGenerator random;
    private final Map<String, ResolversConfig> resolvers = new HashMap<>();
    private final Map<NameKey, NameLookup> lookups = new LinkedHashMap<>();
    private final Map<String, ServerPlaces<S>> groups = new LinkedHashMap<>();
    private final Set<NameKey> wanted = new LinkedHashSet<>();

    /**
     * What is known of a name.
     *
     * @param settled whether it was answered, well or not
     * @param found whether it has an address or a target
     * @param failure why the last question was not answered well, or null
     */
    public record Known(boolean settled, boolean found, @Nullable ResolveFailure failure) {}

    /** One that knows no name. */
    public ServerNames(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Keeps the names of these groups resolved and no others. What stays keeps what is known of it.
     *
     * @param configs all that the names of the groups and those that are wanted belong to
     * @param alsoWanted names that are to be resolved before a server has them
     */
    public List<NameAction<S>> follow(
            List<ResolversConfig> configs,
            List<NameGroup<S>> next,
            Set<NameKey> alsoWanted,
            long nowNanos) {
        resolvers.clear();
        configs.forEach(config -> resolvers.put(config.name(), config));
        wanted.clear();
        wanted.addAll(alsoWanted);
        Map<String, ServerPlaces<S>> before = new HashMap<>(groups);
        groups.clear();
        for (NameGroup<S> group : next) {
            ServerPlaces<S> same = before.get(group.id());
            if (same == null) {
                same = new ServerPlaces<>(group);
            } else {
                same.follow(group);
            }
            groups.put(group.id(), same);
        }
        lookups.forEach(
                (key, lookup) -> {
                    ResolversConfig config = resolvers.get(key.resolvers());
                    if (config != null) {
                        lookup.reconfigure(config, nowNanos);
                    }
                });
        return settle(new ArrayList<>(), List.of(), nowNanos);
    }

    /** Takes what became of a question, be it that nobody has answered. */
    public List<NameAction<S>> onAnswer(DnsQuestion question, DnsAnswer answer, long nowNanos) {
        List<DnsQuestion> further = new ArrayList<>();
        List<NameAction<S>> actions = new ArrayList<>();
        for (NameKey key : keysOf(question)) {
            NameLookup lookup = Objects.requireNonNull(lookups.get(key));
            ResolveFailure before = lookup.failure();
            DnsQuestion second = lookup.onAnswer(question, answer, nowNanos);
            if (second != null) {
                further.add(second);
            }
            if (key.isService()) {
                updateLookups(nowNanos);
                takeAdditional(key, lookup, answer, nowNanos);
            }
            if (lookup.failure() != before) {
                actions.add(new NameAction.Trouble<>(key, lookup.failure(), lookup.isHeld()));
            }
        }
        return settle(actions, further, nowNanos);
    }

    /** The preference for a family makes two names of one. */
    private List<NameKey> keysOf(DnsQuestion question) {
        return lookups.keySet().stream()
                .filter(
                        key ->
                                key.resolvers().equals(question.resolvers())
                                        && key.name().equals(question.name()))
                .toList();
    }

    private void takeAdditional(NameKey key, NameLookup lookup, DnsAnswer answer, long nowNanos) {
        for (Target target : lookup.targets()) {
            NameLookup host = lookups.get(key.withName(target.host()));
            List<IpAddress> addresses = answer.additional().get(target.host());
            if (host != null && addresses != null) {
                host.onAdditional(addresses, answer.ttlSeconds(), nowNanos);
            }
        }
    }

    /** Takes what the system says of a name of which nothing else is known. */
    public List<NameAction<S>> seed(NameKey key, List<IpAddress> addresses, long nowNanos) {
        NameLookup lookup = lookups.get(key);
        if (lookup != null) {
            lookup.seed(addresses, nowNanos);
        }
        return settle(new ArrayList<>(), List.of(), nowNanos);
    }

    /** Does what is due: asks, and gives up what has been held for long enough. */
    public List<NameAction<S>> advance(long nowNanos) {
        lookups.values().forEach(lookup -> lookup.advance(nowNanos));
        return settle(new ArrayList<>(), List.of(), nowNanos);
    }

    /** When {@link #advance} is to be called, or {@link #NO_DEADLINE}; every other call may bring it nearer. */
    public long nextDeadlineNanos() {
        long next = NO_DEADLINE;
        for (NameLookup lookup : lookups.values()) {
            next = Math.min(next, lookup.deadlineNanos());
        }
        return next;
    }

    /** What is known of a name; nothing of one that is not followed. */
    public Known known(NameKey key) {
        NameLookup lookup = lookups.get(key);
        return lookup == null
                ? new Known(false, false, null)
                : new Known(lookup.isSettled(), lookup.isHeld(), lookup.failure());
    }

    private List<NameAction<S>> settle(
            List<NameAction<S>> actions, List<DnsQuestion> further, long nowNanos) {
        updateLookups(nowNanos);
        for (ServerPlaces<S> places : groups.values()) {
            NameKey key = places.group().key();
            places.assign(
                    Objects.requireNonNull(lookups.get(key)),
                    host -> lookups.get(key.withName(host)),
                    actions);
        }
        // One question may be that of two names.
        Set<DnsQuestion> questions = new LinkedHashSet<>(further);
        for (NameLookup lookup : lookups.values()) {
            DnsQuestion due = lookup.ask(nowNanos);
            if (due != null) {
                questions.add(due);
            }
        }
        questions.forEach(question -> actions.add(new NameAction.Ask<>(question)));
        return actions;
    }

    /** One for each name that is needed, and no others. */
    private void updateLookups(long nowNanos) {
        Set<NameKey> needed = new HashSet<>();
        for (NameKey key : wanted) {
            need(key, needed, nowNanos);
        }
        for (ServerPlaces<S> places : groups.values()) {
            need(places.group().key(), needed, nowNanos);
        }
        lookups.keySet().retainAll(needed);
    }

    private void need(NameKey key, Set<NameKey> needed, long nowNanos) {
        if (!needed.add(key)) {
            return;
        }
        NameLookup lookup =
                lookups.computeIfAbsent(
                        key,
                        added ->
                                new NameLookup(
                                        added,
                                        Objects.requireNonNull(resolvers.get(added.resolvers())),
                                        random,
                                        nowNanos));
        for (Target target : lookup.targets()) {
            need(key.withName(target.host()), needed, nowNanos);
        }
    }
}

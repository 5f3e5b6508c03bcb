package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first of many rules whose condition holds. Alternatives of a rule that ask for addresses or host names are found
 * by a tree and by a hash, others are tried one after the other. Immutable: safe for any thread. Deciding allocates nothing.
 */
public final class RoutingTable {
    /** No rule holds. */
    public static final int NONE = -1;

    /** Which rule holds depends on what is not known yet. */
    public static final int UNDECIDED = -2;

    private final Set<Condition.Need> needs = EnumSet.noneOf(Condition.Need.class);
    private final RuleEntries entries = new RuleEntries();
    private final AddressTree sources = new AddressTree();
    private final AddressTree destinations = new AddressTree();
    private final NameIndex serverNames = new NameIndex();
    private final NameIndex hosts = new NameIndex();
    private final int[] bySource;
    private final int[] byDestination;
    private final int[] byServerName;
    private final int[] byHost;
    private final int[] others;

    private RoutingTable(List<Condition> conditions) {
        int size = conditions.size();
        if (size > RuleEntries.NO_RULE / 2 - 1) {
            throw new IllegalArgumentException("There are too many rules: " + size + ".");
        }
        Map<Object, Integer> popularity = new HashMap<>();
        for (Condition condition : conditions) {
            needs.addAll(condition.needs());
            for (Condition alternative : alternatives(condition)) {
                for (Condition part : parts(alternative)) {
                    indexable(part).forEach(leaf -> count(leaf, popularity));
                }
            }
        }
        Numbers source = new Numbers();
        Numbers destination = new Numbers();
        Numbers serverName = new Numbers();
        Numbers host = new Numbers();
        Numbers other = new Numbers();
        for (int rule = 0; rule < size; rule++) {
            for (Condition alternative : alternatives(conditions.get(rule))) {
                List<Condition> parts = parts(alternative);
                Condition anchor = anchor(parts, popularity);
                int number = entries.add(rule, alternative, rest(parts, anchor));
                if (anchor == null) {
                    other.add(number);
                    continue;
                }
                for (Condition leaf : indexable(anchor)) {
                    if (leaf instanceof AddressCondition address) {
                        boolean client = address.endpoint() == Endpoint.SOURCE;
                        AddressTree tree = client ? sources : destinations;
                        address.blocks().forEach(block -> tree.add(block, number));
                        (client ? source : destination).add(number);
                    } else if (leaf instanceof NameCondition name) {
                        boolean sni = name.name() == NameCondition.Name.SNI;
                        NameIndex index = sni ? serverNames : hosts;
                        name.patterns().forEach(pattern -> index.add(pattern, number));
                        (sni ? serverName : host).add(number);
                    }
                }
            }
        }
        entries.complete();
        bySource = source.toArray();
        byDestination = destination.toArray();
        byServerName = serverName.toArray();
        byHost = host.toArray();
        others = other.toArray();
    }

    /** A table of rules in their order. */
    public static RoutingTable of(List<Condition> conditions) {
        return new RoutingTable(conditions);
    }

    /** What the rules look at; empty: addresses and ports are all that it takes. */
    public Set<Condition.Need> needs() {
        return Set.copyOf(needs);
    }

    /**
     * The first rule that holds.
     *
     * @return its index, {@link #NONE}, or {@link #UNDECIDED} when an earlier rule than any that holds may turn out to hold; never
     *     that once the facts have {@linkplain ConnectionFacts#end ended}
     */
    public int decide(ConnectionFacts facts) {
        int best = RuleEntries.NO_RULE;
        if (bySource.length > 0) {
            best = best(sources, Endpoint.SOURCE, facts, best);
        }
        if (byDestination.length > 0) {
            best = best(destinations, Endpoint.DESTINATION, facts, best);
        }
        if (byServerName.length > 0) {
            best = best(serverNames, NameCondition.Name.SNI, byServerName, facts, best);
        }
        if (byHost.length > 0) {
            best = best(hosts, NameCondition.Name.HOST, byHost, facts, best);
        }
        best = entries.bestOfAll(others, facts, best);
        if (best == RuleEntries.NO_RULE) {
            return NONE;
        }
        return (best & 1) == 0 ? best >> 1 : UNDECIDED;
    }

    private int best(AddressTree tree, Endpoint endpoint, ConnectionFacts facts, int best) {
        return tree.best(facts.high(endpoint), facts.low(endpoint), entries, facts, best);
    }

    private int best(
            NameIndex index, NameCondition.Name name, int[] all, ConnectionFacts facts, int best) {
        String text = facts.name(name);
        if (text != null) {
            return index.best(text, entries, facts, best);
        }
        return facts.isPending(name) ? entries.bestOfAll(all, facts, best) : best;
    }

    private static List<Condition> alternatives(Condition condition) {
        return condition instanceof CombinedCondition combined && !combined.all()
                ? combined.parts()
                : List.of(condition);
    }

    private static List<Condition> parts(Condition alternative) {
        return alternative instanceof CombinedCondition combined && combined.all()
                ? combined.parts()
                : List.of(alternative);
    }

    /** The conditions of which one must hold for {@code part} to hold, if all are in an index; else none. */
    private static List<Condition> indexable(Condition part) {
        List<Condition> leaves = alternatives(part);
        for (Condition leaf : leaves) {
            if (!(leaf instanceof AddressCondition) && !(leaf instanceof NameCondition)) {
                return List.of();
            }
        }
        return leaves;
    }

    private static List<Object> keys(Condition leaf) {
        List<Object> keys = new ArrayList<>();
        if (leaf instanceof AddressCondition address) {
            address.blocks().forEach(block -> keys.add(List.of(address.endpoint(), block)));
        } else if (leaf instanceof NameCondition name) {
            name.patterns().forEach(pattern -> keys.add(List.of(name.name(), pattern)));
        }
        return keys;
    }

    private static void count(Condition leaf, Map<Object, Integer> popularity) {
        keys(leaf).forEach(key -> popularity.merge(key, 1, Integer::sum));
    }

    /** The part that the fewest other rules share, so that its index leads to few candidates; null if none is in an index. */
    private static @Nullable Condition anchor(
            List<Condition> parts, Map<Object, Integer> popularity) {
        Condition anchor = null;
        int least = Integer.MAX_VALUE;
        for (Condition part : parts) {
            int shared = 0;
            for (Condition leaf : indexable(part)) {
                for (Object key : keys(leaf)) {
                    shared = Math.max(shared, popularity.getOrDefault(key, 0));
                }
            }
            if (shared > 0 && shared < least) {
                least = shared;
                anchor = part;
            }
        }
        return anchor;
    }

    private static @Nullable Condition rest(List<Condition> parts, @Nullable Condition anchor) {
        List<Condition> rest = new ArrayList<>();
        boolean skipped = false;
        for (Condition part : parts) {
            if (part == anchor && !skipped) {
                skipped = true;
            } else {
                rest.add(part);
            }
        }
        return rest.isEmpty() ? null : Condition.all(rest);
    }

    /** Ascending numbers, each once. */
    private static final class Numbers {
        private final List<Integer> numbers = new ArrayList<>();

        void add(int number) {
            if (numbers.isEmpty() || numbers.get(numbers.size() - 1) != number) {
                numbers.add(number);
            }
        }

        int[] toArray() {
            return numbers.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}

package io.evenkeel.lb;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a {@link Selector} may prefer, and what is to stay when they change. At least one server, each of a weight above
 * 0.
 */
public final class Candidates {
    private final List<Server> servers;
    private final Server[] order;
    private final int[] weights;
    private final WeightScale scale;
    private final long seed;
    private final BackendLoad load;
    private final @Nullable Selector previous;
    private final int[] previousIndexes;

    /**
     * @param scale of all servers of the backend, usable or not
     * @param previousIndexes of each server among those of the previous selector, -1 of a new one
     */
    Candidates(
            List<Server> servers,
            int[] weights,
            WeightScale scale,
            long seed,
            BackendLoad load,
            @Nullable Selector previous,
            int[] previousIndexes) {
        this.servers = List.copyOf(servers);
        this.order = servers.toArray(Server[]::new);
        this.weights = weights;
        this.scale = scale;
        this.seed = seed;
        this.load = load;
        this.previous = previous;
        this.previousIndexes = previousIndexes;
    }

    /** In the order of the configuration. */
    public List<Server> servers() {
        return servers;
    }

    /** How many there are. */
    public int size() {
        return order.length;
    }

    /** The server of that index. */
    public Server server(int index) {
        return order[index];
    }

    /** Its weight now, compared with the others', above 0; in sixteenths while one of them starts slowly. */
    public int weight(int index) {
        return weights[index];
    }

    /** For hashes and for chance: the same on every node that has a backend of the same name. */
    public long seed() {
        return seed;
    }

    /**
     * How many connections the backend has now, on all its servers, with the one that a server is being chosen for; counted only if
     * {@link Balance#countsConnections()}. A selector keeps this and not the candidates, which hold on to the selector before.
     */
    public IntSupplier connections() {
        return load::leases;
    }

    /** The selector of the pool before, or null for a backend's first. */
    public @Nullable Selector previous() {
        return previous;
    }

    /** Where the server was among the previous selector's, or -1. */
    public int previousIndex(int index) {
        return previousIndexes[index];
    }

    BackendLoad load() {
        return load;
    }

    Server[] order() {
        return order;
    }

    int[] weights() {
        return weights;
    }

    int[] previousIndexes() {
        return previousIndexes;
    }

    WeightScale scale() {
        return scale;
    }

    /** One divided by each weight, since a multiplication is cheaper. */
    double[] shares() {
        return Arrays.stream(weights).mapToDouble(weight -> 1.0 / weight).toArray();
    }

    boolean hasEqualWeights() {
        return Arrays.stream(weights).allMatch(weight -> weight == weights[0]);
    }

    /** The indexes by the servers' names: an order on which all nodes agree, however their files list the servers. */
    int[] byName() {
        return IntStream.range(0, order.length)
                .boxed()
                .sorted(Comparator.comparing(index -> order[index].name()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}

package io.evenkeel.lb.haproxy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The numbers by which HAProxy knows the servers of a backend: their {@code id}, or where none is given the next that is free. */
final class ServerNumbers {
    private final Map<ProxyDraft.Server, Integer> numbers = new HashMap<>();

    ServerNumbers(List<ProxyDraft.Server> servers) {
        Set<Integer> taken = new HashSet<>();
        servers.forEach(server -> taken.add(server.settings().id));
        int next = 1;
        for (ProxyDraft.Server server : servers) {
            int number = server.settings().id;
            if (number == 0) {
                while (!taken.add(next)) {
                    next++;
                }
                number = next;
            }
            // As in HAProxy a server with an id uses up a number too.
            next++;
            numbers.put(server, number);
        }
    }

    /** By their numbers, which is the order of {@code balance first}. */
    Comparator<ProxyDraft.Server> order() {
        return Comparator.comparingInt(server -> numbers.getOrDefault(server, 0));
    }
}

package io.evenkeel.benchmarks.soak;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Which server has seen which connection, by the connection's number. Thread safe. */
final class Book {
    private final Map<Long, Served> entries = new ConcurrentHashMap<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    void enter(long id, Served served) {
        entries.put(id, served);
    }

    @Nullable Served find(long id) {
        return entries.get(id);
    }

    /** Of a connection whose number is not known. */
    void complain(String message) {
        complaints.add(message);
    }

    /** The next complaint, or null. */
    @Nullable String nextComplaint() {
        return complaints.poll();
    }

    void strike(long id) {
        entries.remove(id);
    }
}

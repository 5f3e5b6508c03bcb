package io.evenkeel.lb.netty;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** How many connections there may be at a time. Safe for any thread. */
final class ConnectionLimit {
    private final AtomicInteger open = new AtomicInteger();
    private final Consumer<ConnectionLimit> onRoom;
    private volatile int most;

    /**
     * A limit.
     *
     * @param most 0: none
     * @param onRoom hears when one more may be opened after the limit was reached
     */
    ConnectionLimit(int most, Consumer<ConnectionLimit> onRoom) {
        this.most = most;
        this.onRoom = onRoom;
    }

    /** Before connections are accepted. */
    void set(int value) {
        most = value;
    }

    /** Takes a place; false if there is none left. */
    boolean tryOpen() {
        int limit = most;
        while (true) {
            int now = open.get();
            if (limit > 0 && now >= limit) {
                return false;
            }
            if (open.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Gives a place back. */
    void closed() {
        int limit = most;
        if (open.getAndDecrement() >= limit && limit > 0) {
            onRoom.accept(this);
        }
    }
}

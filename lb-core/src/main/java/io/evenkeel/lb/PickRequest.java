package io.evenkeel.lb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that wants a server: what the choice may depend on. A session can be its own request; it is asked anew for each choice,
 * and while it waits by any thread.
 */
public interface PickRequest {
    /** Any server, as the balance likes. */
    PickRequest ANY = new PickRequest() {};

    /**
     * What the balance goes by, hashed such as with {@link Hash64}. If {@link Balance#key()} is {@link BalanceKey#NONE}, a random number for
     * what goes by chance, or 0, and the backend draws one; threads that bring their own do not wait for each other.
     */
    default long balanceKey() {
        return 0;
    }

    /**
     * The server that this client has had before, or null. It is taken before the balance is asked, if it is up, though it may be
     * draining; the connection waits for it if it is full.
     */
    default @Nullable Server stickyServer() {
        return null;
    }

    /**
     * Servers to take only if there is no other, such as those that refused; the one to come back to first in front.
     * {@link ConnectAttempts#failed()} is such a list.
     */
    default List<Server> avoided() {
        return List.of();
    }

    /** Among those that wait, a lower class comes first, whoever waits longer. */
    default int priorityClass() {
        return 0;
    }

    /** Within its class a connection is served as if it had come so much later, or earlier if below 0. */
    default long priorityOffsetNanos() {
        return 0;
    }

    /** A request that differs in its key only. */
    static PickRequest ofKey(long key) {
        return new PickRequest() {
            @Override
            public long balanceKey() {
                return key;
            }
        };
    }

    /** A request that takes these servers only if there is no other. */
    static PickRequest avoiding(List<Server> servers) {
        List<Server> avoided = List.copyOf(servers);
        return new PickRequest() {
            @Override
            public List<Server> avoided() {
                return avoided;
            }
        };
    }
}

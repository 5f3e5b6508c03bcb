package io.evenkeel.lb.netty;

import io.evenkeel.lb.ProxyLimits;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all frontends of a proxy may take together, as its configuration has it now. Changed by one thread at a time, read by any. */
final class SharedLimits {
    private final ConnectionLimit connections;
    private ProxyLimits config = ProxyLimits.DEFAULT;
    private int byDescriptors;
    private volatile @Nullable AcceptRate connectionRate;
    private volatile @Nullable AcceptRate sessionRate;

    /**
     * Without limits.
     *
     * @param onRoom hears when one more connection may be opened after their limit was reached
     */
    SharedLimits(Consumer<ConnectionLimit> onRoom) {
        connections = new ConnectionLimit(0, onRoom);
    }

    /** Goes by this from now on. */
    void configure(ProxyLimits next) {
        if (next.maxConnectionRate() != config.maxConnectionRate()) {
            connectionRate = AcceptRate.of(next.maxConnectionRate());
        }
        if (next.maxSessionRate() != config.maxSessionRate()) {
            sessionRate = AcceptRate.of(next.maxSessionRate());
        }
        config = next;
        setConnections();
    }

    /** How many connections there may be where nobody says so; 0: no limit. */
    void setByDescriptors(int most) {
        byDescriptors = most;
        setConnections();
    }

    private void setConnections() {
        int most = config.maxConnections();
        connections.set(most == 0 ? byDescriptors : most);
    }

    ConnectionLimit connections() {
        return connections;
    }

    /** How many are accepted per second; null: no limit. */
    @Nullable AcceptRate connectionRate() {
        return connectionRate;
    }

    /** How many of them are not rejected at once; null: no limit. */
    @Nullable AcceptRate sessionRate() {
        return sessionRate;
    }
}

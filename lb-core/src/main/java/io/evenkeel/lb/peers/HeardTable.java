package io.evenkeel.lb.peers;

import org.jspecify.annotations.Nullable;

/** A table of which a peer tells on one connection. */
final class HeardTable {
    final PeerDefinition definition;

    /** Ours of that name, or null if there is none that fits. */
    final @Nullable SharedTable table;

    /** The number of the last change heard of; 32 bits. */
    long last;

    /** That is to be confirmed. */
    boolean toConfirm;

    HeardTable(PeerDefinition definition, @Nullable SharedTable table) {
        this.definition = definition;
        this.table = table;
    }
}

package io.evenkeel.lb.peers;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTableConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a peer tells on one connection into the tables of this node.
 *
 * <p>What arrives later counts. If a key has changed here, too, and the peer has not confirmed to know, then the two have not known of
 * each other: the change of the node whose name sorts first counts on both. The other node tells it once more, so that a peer without
 * this rule, as HAProxy is, ends up with the same. What is told as known for long, {@link PeerTeaching#NO_CHANGE}, only fills gaps.
 */
final class PeerLearning {
    private static final int MOST_TABLES = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long NUMBER_MASK = 0xffff_ffffL;

    private final List<SharedTable> tables;
    private final RemotePeer peer;
    private final boolean peerGoesFirst;
    private final Consumer<String> complaints;
    private final ServerNames names = new ServerNames();
    private final Map<Long, HeardTable> heard = new LinkedHashMap<>();
    private @Nullable HeardTable current;

    /**
     * @param peerGoesFirst whether the change of the peer counts when both have changed a key
     * @param complaints takes sentences about what cannot be used
     */
    PeerLearning(
            List<SharedTable> tables,
            RemotePeer peer,
            boolean peerGoesFirst,
            Consumer<String> complaints) {
        this.tables = tables;
        this.peer = peer;
        this.peerGoesFirst = peerGoesFirst;
        this.complaints = complaints;
    }

    /** A table is described, of which entries follow. */
    void define(PeerReader in) {
        PeerDefinition definition = PeerDefinition.read(in);
        HeardTable before = heard.get(definition.id());
        if (before == null || !before.definition.equals(definition)) {
            if (before == null && heard.size() >= MOST_TABLES) {
                throw new PeerProtocolException("there are more than " + MOST_TABLES + " tables");
            }
            before = new HeardTable(definition, ours(definition));
            heard.put(definition.id(), before);
        }
        current = before;
    }

    private @Nullable SharedTable ours(PeerDefinition definition) {
        for (SharedTable each : tables) {
            if (each.definition().name().equals(definition.name())) {
                if (definition.fits(each.table().config().keyType())) {
                    compareLengths(definition, each.definition());
                    return each;
                }
                complaints.accept(
                        "Peer "
                                + peer.config
                                + " has keys of another type or length in the stick table "
                                + definition.name()
                                + " than this node ("
                                + each.table().config().keyType()
                                + "), so its entries are not exchanged; give both the same 'type'.");
            }
        }
        return null;
    }

    private void compareLengths(PeerDefinition theirs, PeerDefinition ours) {
        if (theirs.keyLength() != ours.keyLength()) {
            complaints.accept(
                    "Peer "
                            + peer.config
                            + " has texts of up to "
                            + (theirs.keyLength() - 1)
                            + " bytes as keys of the stick table "
                            + ours.name()
                            + ", and this node of up to "
                            + (ours.keyLength() - 1)
                            + ": an HAProxy takes no entries of such a table, and longer texts are"
                            + " cut here; give both the same 'len'.");
        }
    }

    /** Entries of a table follow that was described before. */
    void switchTo(PeerReader in) {
        current = heard.get(in.number());
    }

    /** An entry of the table that was named last. */
    void update(PeerReader in, boolean numbered, boolean timed, long nowNanos) {
        HeardTable from = current;
        if (from == null) {
            throw new PeerProtocolException("an entry comes before the definition of its table");
        }
        long number = numbered ? in.fixed() : from.last + 1 & NUMBER_MASK;
        boolean change = number != PeerTeaching.NO_CHANGE;
        if (change) {
            from.last = number;
        }
        long remainingMillis = timed ? in.fixed() : Long.MAX_VALUE;
        SharedTable table = from.table;
        StickTableConfig config = table == null ? null : table.table().config();
        PeerEntry entry = PeerEntry.read(in, from.definition, config, names);
        if (table == null) {
            return;
        }
        from.toConfirm |= change;
        if (entry != null && (change || table.table().entry(entry.key(), nowNanos) == null)) {
            take(table, entry, idleNanos(table, from.definition, remainingMillis), nowNanos);
        }
    }

    private static long idleNanos(
            SharedTable table, PeerDefinition definition, long remainingMillis) {
        long expireNanos = table.table().config().expireNanos();
        return expireNanos == 0
                        || definition.expireMillis() == 0
                        || remainingMillis >= expireNanos / NANOS_PER_MILLI
                ? 0
                : expireNanos - remainingMillis * NANOS_PER_MILLI;
    }

    private void take(SharedTable table, PeerEntry entry, long idleNanos, long nowNanos) {
        StickRecord told =
                new StickRecord(
                        entry.key(), entry.server(), 0, entry.values(), entry.rates(), idleNanos);
        boolean both = table.isAhead(entry.key(), peer.index);
        if (both) {
            StickRecord present = table.table().entry(entry.key(), nowNanos);
            if (present != null && (!peerGoesFirst || isSame(present, told))) {
                return;
            }
        }
        table.table().replication().adopt(told, nowNanos);
        if (both) {
            table.changed(entry.key(), nowNanos);
        }
    }

    private static boolean isSame(StickRecord present, StickRecord told) {
        for (Map.Entry<StickDataType, Long> each : told.values().entrySet()) {
            Long here = present.values().get(each.getKey());
            if (here != null && !here.equals(each.getValue())) {
                return false;
            }
        }
        return told.server() == null || told.server().equals(present.server());
    }

    /** Writes what is to be confirmed; false if that is nothing. */
    boolean confirm(PeerWriter out) {
        boolean any = false;
        for (HeardTable each : heard.values()) {
            if (each.toConfirm) {
                each.toConfirm = false;
                PeerWriter body = new PeerWriter().number(each.definition.id()).fixed(each.last);
                out.octet(PeerMessages.TABLE).octet(PeerMessages.ACKNOWLEDGEMENT).counted(body);
                any = true;
            }
        }
        return any;
    }
}

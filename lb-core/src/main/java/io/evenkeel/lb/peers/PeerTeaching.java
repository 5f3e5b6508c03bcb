package io.evenkeel.lb.peers;

import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTableConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a peer on one connection what is in the tables of this node: all of it when the peer asks for that, and what changes. It is
 * asked for the next messages when there is room for them, and looks into the tables only then.
 */
final class PeerTeaching {
    /**
     * The number of an entry that is told because the peer has asked for all, or may not know what was here before it, and not because it
     * has changed: a third node may have told the peer of a later change. HAProxy gives such an entry the number of its last change.
     */
    static final long NO_CHANGE = 0;

    private static final int AT_ONCE = 100;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long NUMBER_MASK = 0xffff_ffffL;

    private final List<SharedTable> tables;
    private final RemotePeer peer;
    private final ServerNames names = new ServerNames();

    /** The last change that was told on this connection, by table. */
    private final long[] told;

    private final Deque<Integer> toTeach = new ArrayDeque<>();
    private final PeerWriter body = new PeerWriter();
    private @Nullable Lesson lesson;
    private boolean asked;
    private int defined = -1;
    private int turn;

    /**
     * All entries of a table, read as they are written. If it stands for changes that were dropped, the last key is held back: the
     * number of its entry says that all were told.
     */
    private static final class Lesson {
        final int table;
        final boolean forChanges;
        final long last;
        final Iterator<StickKey> keys;
        @Nullable StickKey held;

        Lesson(int table, boolean forChanges, long last, Iterator<StickKey> keys) {
            this.table = table;
            this.forChanges = forChanges;
            this.last = last;
            this.keys = keys;
        }
    }

    PeerTeaching(List<SharedTable> tables, RemotePeer peer) {
        this.tables = tables;
        this.peer = peer;
        told = new long[tables.size()];
        for (int i = 0; i < told.length; i++) {
            told[i] = tables.get(i).confirmed(peer.index);
            if (tables.get(i).isOffered(peer.index)) {
                toTeach.add(i);
            }
        }
    }

    /** The peer wants to be told all. */
    void teachAll() {
        asked = true;
        lesson = null;
        toTeach.clear();
        for (int i = 0; i < told.length; i++) {
            toTeach.add(i);
        }
    }

    /** The peer confirms to know a change. */
    void confirmed(PeerReader in) {
        long id = in.number();
        long number = in.fixed();
        if (id < 1 || id > told.length) {
            return;
        }
        int table = (int) id - 1;
        long whole = told[table] - (told[table] - number & NUMBER_MASK);
        if (whole > 0) {
            tables.get(table).confirm(peer.index, whole);
        }
    }

    /**
     * Writes some of what there is to tell; false if that is nothing.
     *
     * @param upToDate what to say of this node at the end of all
     */
    boolean write(PeerWriter out, boolean upToDate, long nowNanos) {
        Lesson present = lesson;
        if (present != null) {
            teachSome(present, out, nowNanos);
            return true;
        }
        Integer next = toTeach.poll();
        if (next != null) {
            begin(next, false, out, nowNanos);
            return true;
        }
        if (asked) {
            asked = false;
            out.octet(PeerMessages.CONTROL)
                    .octet(upToDate ? PeerMessages.RESYNC_FINISHED : PeerMessages.RESYNC_PARTIAL);
            return true;
        }
        for (int i = 0; i < told.length; i++) {
            turn = (turn + 1) % told.length;
            if (tellChanges(turn, out, nowNanos)) {
                return true;
            }
        }
        return false;
    }

    private void begin(int index, boolean forChanges, PeerWriter out, long nowNanos) {
        SharedTable table = tables.get(index);
        long last = table.last();
        Iterator<StickKey> keys = table.table().replication().keys(nowNanos).iterator();
        lesson = new Lesson(index, forChanges, last, keys);
        define(index, out);
    }

    private void teachSome(Lesson present, PeerWriter out, long nowNanos) {
        for (int i = 0; i < AT_ONCE && present.keys.hasNext(); i++) {
            StickKey key = present.keys.next();
            if (!present.forChanges) {
                write(present.table, key, NO_CHANGE, out, nowNanos);
                continue;
            }
            if (present.held != null) {
                write(present.table, present.held, told[present.table], out, nowNanos);
            }
            present.held = key;
        }
        if (!present.keys.hasNext()) {
            lesson = null;
            if (present.forChanges) {
                told[present.table] = present.last;
            } else {
                tables.get(present.table).offered(peer.index);
            }
            if (present.held != null) {
                write(present.table, present.held, present.last, out, nowNanos);
            }
        }
    }

    private boolean tellChanges(int index, PeerWriter out, long nowNanos) {
        SharedTable table = tables.get(index);
        if (table.hasDroppedAbove(told[index])) {
            begin(index, true, out, nowNanos);
            return true;
        }
        int written = 0;
        Map.Entry<Long, StickKey> next;
        while (written < AT_ONCE && (next = table.after(told[index])) != null) {
            told[index] = next.getKey();
            if (write(index, next.getValue(), told[index], out, nowNanos)) {
                written++;
            } else {
                table.forget(next.getKey());
            }
        }
        return written > 0;
    }

    private void define(int index, PeerWriter out) {
        if (defined != index) {
            defined = index;
            tables.get(index).definition().write(out);
        }
    }

    /** False if the key is not in the table. */
    private boolean write(int index, StickKey key, long number, PeerWriter out, long nowNanos) {
        SharedTable table = tables.get(index);
        StickRecord record = table.table().replication().read(key, nowNanos);
        if (record == null) {
            return false;
        }
        define(index, out);
        StickTableConfig config = table.table().config();
        long expireNanos = config.expireNanos();
        body.clear();
        body.fixed(number);
        if (expireNanos > 0) {
            body.fixed(Math.max(1, (expireNanos - record.idleNanos()) / NANOS_PER_MILLI));
        }
        PeerEntry.of(record, config).write(body, table.definition(), names, table.serverIds());
        out.octet(PeerMessages.TABLE)
                .octet(expireNanos > 0 ? PeerMessages.UPDATE_TIMED : PeerMessages.UPDATE)
                .counted(body);
        return true;
    }
}

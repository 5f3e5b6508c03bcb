package io.evenkeel.lb.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What the sessions of one event loop share. Used by the loop's thread alone, but for what says otherwise. */
final class LoopContext {
    private final IoEventLoop loop;
    private final Transport transport;
    private final ChunkPool chunks;
    private final NextTurn nextTurn;
    private final LateWrites lateWrites;
    private final SpareDescriptor spare = new SpareDescriptor();
    private final DescriptorShortage shortage;
    private final TlsStore tls;
    private final ArrayList<Session> sessions = new ArrayList<>();

    /** Those that are on their way from another loop's listener included. */
    private final AtomicInteger assigned = new AtomicInteger();

    LoopContext(
            IoEventLoop loop,
            Transport transport,
            ByteBufAllocator allocator,
            ByteBudget budget,
            DescriptorShortage shortage,
            TlsStore tls) {
        this.loop = loop;
        this.tls = tls;
        this.shortage = shortage;
        this.transport = transport;
        chunks = new ChunkPool(loop, allocator, budget);
        nextTurn = new NextTurn(loop);
        lateWrites = new LateWrites(loop, nextTurn);
    }

    IoEventLoop loop() {
        return loop;
    }

    Transport transport() {
        return transport;
    }

    ChunkPool chunks() {
        return chunks;
    }

    NextTurn nextTurn() {
        return nextTurn;
    }

    LateWrites lateWrites() {
        return lateWrites;
    }

    SpareDescriptor spare() {
        return spare;
    }

    DescriptorShortage shortage() {
        return shortage;
    }

    TlsStore tls() {
        return tls;
    }

    /** How many sessions it has, or will have in a moment; from any thread. */
    int assigned() {
        return assigned.get();
    }

    /** It will have one more; from any thread. {@link #remove} takes it off. */
    void assign() {
        assigned.incrementAndGet();
    }

    void add(Session session) {
        session.setIndex(sessions.size());
        sessions.add(session);
    }

    void remove(Session session) {
        assigned.decrementAndGet();
        Session last = sessions.remove(sessions.size() - 1);
        if (last != session) {
            sessions.set(session.index(), last);
            last.setIndex(session.index());
        }
    }

    /** Has its sessions go by the timeouts that are configured now; from any thread. */
    void lookAtTimeouts() {
        loop.execute(() -> sessions().forEach(Session::lookAtTimeouts));
    }

    /** A copy: ending a session removes it. */
    List<Session> sessions() {
        return List.copyOf(sessions);
    }
}

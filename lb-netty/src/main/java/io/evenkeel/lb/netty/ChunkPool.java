package io.evenkeel.lb.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one event loop. Every session of the loop reads into the same scratch chunk; only a session whose
 * peer does not take everything at once keeps a chunk of its own, so an idle session holds none. Used by its loop's
 * thread alone.
 */
final class ChunkPool {
    /** More idle chunks than this are given back to the operating system (4 MiB). */
    private static final int MAX_IDLE = 64;

    /** What is posted costs no more memory than what is idle; beyond that a turn of the loop is long enough to be worth its system calls. */
    private static final int MAX_POSTED = MAX_IDLE;

    private static final long TRIM_INTERVAL_SECONDS = 1;

    private final EventLoop loop;
    private final ByteBufAllocator allocator;
    private final ByteBudget budget;
    private final ArrayDeque<Chunk> idle = new ArrayDeque<>();
    private @Nullable Chunk scratch;
    private @Nullable Chunk bulk;
    private int bulkReaders;
    private boolean largeHeld;
    private int posted;
    private int leastIdle;
    private boolean trimming;
    private boolean closed;
    private volatile long held;

    ChunkPool(EventLoop loop, ByteBufAllocator allocator, ByteBudget budget) {
        this.loop = loop;
        this.allocator = allocator;
        this.budget = budget;
    }

    /** What sessions hold; from any thread. */
    long heldBytes() {
        return held;
    }

    private void setHeld(long value) {
        held = value;
    }

    private void hold(int bytes) {
        setHeld(held + bytes);
        budget.take(bytes);
    }

    /** The chunk to read into. It stays the pool's unless {@link #keepScratch} follows. */
    Chunk scratch() {
        Chunk chunk = scratch;
        if (chunk == null) {
            chunk = idle.isEmpty() ? new Chunk(allocator) : idle.removeLast();
            leastIdle = Math.min(leastIdle, idle.size());
            scratch = chunk;
        }
        return chunk;
    }

    /** Hands the scratch chunk to the caller, who gives it back with {@link #release}. */
    Chunk keepScratch() {
        Chunk chunk = scratch();
        scratch = null;
        hold(Chunk.CAPACITY);
        return chunk;
    }

    /** One more direction reads into {@link #bulk}, until {@link #endBulk}. */
    void startBulk() {
        bulkReaders++;
    }

    /** The chunk is there only while somebody reads into it: a loop without bulk does not hold it. */
    void endBulk() {
        if (--bulkReaders == 0 && bulk != null) {
            bulk.free();
            bulk = null;
        }
    }

    /** Not while a session holds a large one: at most one in each loop ever does. */
    boolean mayReadBulk() {
        return !largeHeld;
    }

    /** The large chunk to read into. It stays the pool's. */
    Chunk bulk() {
        Chunk chunk = bulk;
        if (chunk == null) {
            chunk = new Chunk(allocator, Chunk.BULK_CAPACITY);
            bulk = chunk;
        }
        return chunk;
    }

    /**
     * What the kernel left in the large chunk, although it had said that it has room; the caller gives it back with {@link #release}. A
     * small chunk will do for it, unless the system has come to be short of memory.
     */
    Chunk keepRest() {
        Chunk whole = bulk();
        if (whole.bytes().remaining() > Chunk.CAPACITY) {
            bulk = null;
            largeHeld = true;
            hold(whole.capacity());
            return whole;
        }
        Chunk small = take();
        small.bytes().put(whole.bytes()).flip();
        return small;
    }

    /** Whether there may be one more chunk that is posted. */
    boolean mayPost() {
        return posted < MAX_POSTED;
    }

    /** Hands the scratch chunk to the kernel for the rest of the loop's turn: no session holds it, so it is nobody's share of the budget. */
    Chunk postScratch() {
        Chunk chunk = scratch();
        scratch = null;
        posted++;
        return chunk;
    }

    /** The kernel has done with a chunk and has taken all, or what is left is of no use. */
    void takeBack(Chunk chunk) {
        posted--;
        recycle(chunk);
    }

    /** The kernel has done with a chunk and left something in it, which its session holds now; it ends with {@link #release}. */
    void keepPosted() {
        posted--;
        hold(Chunk.CAPACITY);
    }

    /** An empty chunk besides the scratch one; the caller gives it back with {@link #release}. */
    Chunk take() {
        Chunk chunk = idle.isEmpty() ? new Chunk(allocator) : idle.removeLast();
        leastIdle = Math.min(leastIdle, idle.size());
        hold(Chunk.CAPACITY);
        chunk.bytes().clear();
        return chunk;
    }

    void release(Chunk chunk) {
        setHeld(held - chunk.capacity());
        budget.giveBack(chunk.capacity());
        if (chunk.capacity() > Chunk.CAPACITY) {
            largeHeld = false;
        }
        recycle(chunk);
    }

    private void recycle(Chunk chunk) {
        if (closed || idle.size() >= MAX_IDLE || chunk.capacity() > Chunk.CAPACITY) {
            chunk.free();
            return;
        }
        idle.addLast(chunk);
        if (!trimming) {
            trimming = true;
            leastIdle = idle.size();
            loop.schedule(this::trim, TRIM_INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Frees the chunks that nobody needed since the last time. */
    private void trim() {
        if (closed) {
            return;
        }
        for (int i = 0; i < leastIdle; i++) {
            idle.removeFirst().free();
        }
        leastIdle = idle.size();
        trimming = !idle.isEmpty();
        if (trimming) {
            loop.schedule(this::trim, TRIM_INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Frees what is idle; chunks that are still out are freed as they come back. */
    void close() {
        closed = true;
        Chunk chunk = scratch;
        if (chunk != null) {
            chunk.free();
            scratch = null;
        }
        if (bulk != null) {
            bulk.free();
            bulk = null;
        }
        while (!idle.isEmpty()) {
            idle.removeLast().free();
        }
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The large chunk of a loop; what the small ones do is seen in the tests of the proxy. */
class ChunkPoolTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final ByteBudget budget = new ByteBudget(Long.MAX_VALUE, List.of());
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final ChunkPool pool = new ChunkPool(loop, allocator, budget);

    @AfterEach
    void nothingIsLeft() throws Exception {
        pool.close();
        loop.shutdownGracefully().sync();
        assertEquals(0, allocator.metric().usedDirectMemory());
        assertEquals(0, pool.heldBytes());
        assertEquals(0, budget.heldBytes());
    }

    @Test
    void itIsThereWhileAnybodyReadsIntoIt() {
        pool.startBulk();
        Chunk chunk = pool.bulk();
        pool.startBulk();
        assertSame(chunk, pool.bulk());
        pool.endBulk();
        assertEquals(Chunk.BULK_CAPACITY, allocator.metric().usedDirectMemory());
        pool.endBulk();
        assertEquals(0, allocator.metric().usedDirectMemory());
    }

    @Test
    void aLittleThatIsLeftIsMovedIntoASmallChunk() {
        pool.startBulk();
        Chunk large = pool.bulk();
        large.bytes().clear().position(Chunk.BULK_CAPACITY - 2).put(new byte[] {1, 2});
        large.bytes().position(Chunk.BULK_CAPACITY - 2);

        Chunk kept = pool.keepRest();

        assertEquals(Chunk.CAPACITY, kept.capacity());
        assertEquals(2, kept.bytes().remaining());
        assertEquals(1, kept.bytes().get());
        assertEquals(2, kept.bytes().get());
        assertEquals(Chunk.CAPACITY, pool.heldBytes());
        assertSame(large, pool.bulk());
        pool.endBulk();
        pool.release(kept);
    }

    @Test
    void whatDoesNotFitIntoASmallChunkIsHeldWhereItIs() {
        pool.startBulk();
        Chunk large = pool.bulk();
        large.bytes().clear().position(1);

        Chunk kept = pool.keepRest();

        assertSame(large, kept);
        assertEquals(Chunk.BULK_CAPACITY, pool.heldBytes());
        assertEquals(Chunk.BULK_CAPACITY, budget.heldBytes());
        assertNotSame(large, pool.bulk());
        assertFalse(pool.mayReadBulk(), "another session could hold one too");
        pool.endBulk();
        pool.release(kept);
        assertTrue(pool.mayReadBulk());
    }
}

package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final int BYTES = 100_000_000;

    @Test
    void ofAJvmIsWhatItHasAndWhatOfItLives() {
        List<Long> own = List.of(ProcessHandle.current().pid());
        Memory before = Memory.of(own);
        byte[] kept = new byte[BYTES];
        kept[BYTES - 1] = 1;
        Memory after = Memory.of(own);
        assertTrue(
                kept[BYTES - 1] == 1 && after.live() - before.live() > BYTES / 2,
                before + " to " + after);
        assertTrue(after.resident() > BYTES, after::toString);
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails every test class that leaves a buffer to the garbage collector. */
public final class NoLeaks implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) {
        System.gc();
        // Netty reports what was collected when the next buffer is made.
        UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        assertEquals(List.of(), RecordingLeakDetector.reports());
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test class that leaves a buffer to the garbage collector, or more sockets, event loops, direct memory or threads
 * of proxies than there were before it.
 */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(NoLeaks.class);

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        ProcessHoldings.warmUp();
        context.getStore(NAMESPACE).put(NoLeaks.class, ProcessHoldings.now());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        System.gc();
        // Netty reports what was collected when the next buffer is made.
        UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        assertEquals(List.of(), RecordingLeakDetector.reports());

        ProcessHoldings before =
                context.getStore(NAMESPACE).get(NoLeaks.class, ProcessHoldings.class);
        // What the tests themselves used may take a moment to go.
        Await.until(
                () -> {
                    System.gc();
                    return ProcessHoldings.now().isNoMoreThan(before);
                },
                () ->
                        "no more is held than "
                                + before
                                + ", but "
                                + ProcessHoldings.now()
                                + ProcessHoldings.sockets());
    }
}

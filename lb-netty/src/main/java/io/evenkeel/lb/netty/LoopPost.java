package io.evenkeel.lb.netty;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;

/** Hands something to a loop on behalf of those who need not know whether their proxy has been closed, such as whoever changes a backend. */
final class LoopPost {
    private LoopPost() {}

    /** Has the loop do it; nothing happens if it has ended, for then there is nothing any more that it would be done to. */
    static void offer(EventExecutor loop, Runnable step) {
        try {
            loop.execute(step);
        } catch (RejectedExecutionException e) {
            // The proxy is closed, and this is none of its concern.
        }
    }
}

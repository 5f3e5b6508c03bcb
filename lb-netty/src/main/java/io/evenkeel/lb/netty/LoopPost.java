package io.evenkeel.lb.netty;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;

/** Hands something to a loop on behalf of whoever changes a backend, which may be an application that has its proxy closed just now. */
final class LoopPost {
    private LoopPost() {}

    /** Has the loop do it; nothing happens if it has ended, for then there is nothing any more that it would be done to. */
    static void offer(EventExecutor loop, Runnable step) {
        try {
            loop.execute(step);
        } catch (RejectedExecutionException e) {
            // The proxy is closed, and the change is none of its concern.
        }
    }
}
